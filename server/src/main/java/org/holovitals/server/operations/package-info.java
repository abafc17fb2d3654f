/** Running the server: request ids, metrics, health, logs without PHI. */
@NullMarked
package org.holovitals.server.operations;

import org.jspecify.annotations.NullMarked;
