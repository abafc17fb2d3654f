/** Bulk data over HTTP: {@code $export} and {@code $import} as jobs that a client starts, asks after and ends. */
@NullMarked
package org.holovitals.server.bulk;

import org.jspecify.annotations.NullMarked;
