/** The patient repository's typed tables and FHIR R4, mapped in both directions. */
@NullMarked
package org.holovitals.mappings;

import org.jspecify.annotations.NullMarked;
