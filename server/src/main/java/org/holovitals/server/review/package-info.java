/** What was found in documents, for a person to confirm, correct or reject; only that makes it a part of the record. */
@NullMarked
package org.holovitals.server.review;

import org.jspecify.annotations.NullMarked;
