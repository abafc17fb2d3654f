/** Export of the stored resources as NDJSON: the core of the command {@code export}. */
@NullMarked
package org.holovitals.server.exporting;

import org.jspecify.annotations.NullMarked;
