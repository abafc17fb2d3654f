/** Taking the stored resources out as NDJSON: the core of the command {@code export} and of {@code $export}. */
@NullMarked
package org.holovitals.server.exporting;

import org.jspecify.annotations.NullMarked;
