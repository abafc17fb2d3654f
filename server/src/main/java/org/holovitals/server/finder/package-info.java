/** The Record Finder: answers questions from one record by rules, word for word, with a citation for each fact. */
@NullMarked
package org.holovitals.server.finder;

import org.jspecify.annotations.NullMarked;
