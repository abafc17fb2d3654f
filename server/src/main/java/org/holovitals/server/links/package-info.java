/** Links to further pages that nobody can read, make or use for somebody else. */
@NullMarked
package org.holovitals.server.links;

import org.jspecify.annotations.NullMarked;
