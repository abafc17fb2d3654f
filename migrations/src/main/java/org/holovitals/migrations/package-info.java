/** The database schema: HAPI's tables by HAPI's own migrator, ours in SQL, all in one Flyway history. */
@NullMarked
package org.holovitals.migrations;

import org.jspecify.annotations.NullMarked;
