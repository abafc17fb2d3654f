/** The patient repository: typed rows that mirror the FHIR resources in the same transaction. */
@NullMarked
package org.holovitals.server.records;

import org.jspecify.annotations.NullMarked;
