/** Bulk import of FHIR files straight into the store: the core of the command {@code import}. */
@NullMarked
package org.holovitals.server.importing;

import org.jspecify.annotations.NullMarked;
