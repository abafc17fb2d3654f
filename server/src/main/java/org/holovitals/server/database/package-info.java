/** The PostgreSQL that the server works on: embedded, or the one that is configured. */
@NullMarked
package org.holovitals.server.database;

import org.jspecify.annotations.NullMarked;
