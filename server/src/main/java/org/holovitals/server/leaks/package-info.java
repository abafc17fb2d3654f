/** A program that looks for leaks: it asks a running server for records that its callers may not see, in every way. */
@NullMarked
package org.holovitals.server.leaks;

import org.jspecify.annotations.NullMarked;
