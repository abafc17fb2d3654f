/** Files that belong to one patient: their bytes, encrypted record by record. */
@NullMarked
package org.holovitals.server.documents;

import org.jspecify.annotations.NullMarked;
