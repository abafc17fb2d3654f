/** What a new installation may start with. */
@NullMarked
package org.holovitals.server.seed;

import org.jspecify.annotations.NullMarked;
