/** Who calls, and what a caller may see and do: tokens, SMART scopes, narrowing and compartments. Default deny. */
@NullMarked
package org.holovitals.server.access;

import org.jspecify.annotations.NullMarked;
