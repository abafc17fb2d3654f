/** What callers of {@code /api} are told when something cannot be done: RFC 9457 problems, from one list of types. */
@NullMarked
package org.holovitals.server.problem;

import org.jspecify.annotations.NullMarked;
