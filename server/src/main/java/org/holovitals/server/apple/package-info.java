/** Reads the export of Apple Health as FHIR resources: what LOINC has a plain code for, the flood of it as summaries. */
@NullMarked
package org.holovitals.server.apple;

import org.jspecify.annotations.NullMarked;
