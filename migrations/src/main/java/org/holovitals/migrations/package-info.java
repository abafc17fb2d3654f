/** The database schema: HAPI's tables by its own migrator, ours in SQL, and the doctor that compares. */
@NullMarked
package org.holovitals.migrations;

import org.jspecify.annotations.NullMarked;
