/** How the parts of the server are: sampled from the parts themselves, kept for a month, with an alert when one gets worse. */
@NullMarked
package org.holovitals.server.health;

import org.jspecify.annotations.NullMarked;
