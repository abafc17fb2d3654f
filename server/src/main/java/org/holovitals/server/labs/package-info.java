/** Finds laboratory values in the text of reports, and says of each whether a person has to look at it. */
@NullMarked
package org.holovitals.server.labs;

import org.jspecify.annotations.NullMarked;
