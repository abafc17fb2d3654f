/** Clients that users already have, unchanged, against this server. */
@NullMarked
package org.holovitals.server.clients;

import org.jspecify.annotations.NullMarked;
