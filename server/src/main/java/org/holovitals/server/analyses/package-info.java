/** Analyses that take longer than an answer: a queue in the database, its workers, and what they make of a record. */
@NullMarked
package org.holovitals.server.analyses;

import org.jspecify.annotations.NullMarked;
