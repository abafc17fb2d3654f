/**
 * Reads and searches of one patient's record that are answered straight from HAPI's tables, by one statement and without
 * HAPI's model of a resource. Whatever is not recognised here goes on to HAPI as it came.
 */
@NullMarked
package org.holovitals.server.reading;

import org.jspecify.annotations.NullMarked;
