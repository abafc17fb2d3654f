/** What models cost, what users may spend and have spent. */
@NullMarked
package org.holovitals.server.costs;

import org.jspecify.annotations.NullMarked;
