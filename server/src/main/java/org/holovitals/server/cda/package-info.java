/** Reads HL7's Consolidated CDA documents as FHIR resources, after the concept maps of C-CDA on FHIR. */
@NullMarked
package org.holovitals.server.cda;

import org.jspecify.annotations.NullMarked;
