/** Says why somebody may see a resource or not, by the rules that decide when he asks for it. */
@NullMarked
package org.holovitals.server.explain;

import org.jspecify.annotations.NullMarked;
