/** The one way out of this server for what stands in records: how much may leave, what is masked, and what is kept of it. */
@NullMarked
package org.holovitals.server.egress;

import org.jspecify.annotations.NullMarked;
