package org.holovitals.mappings;

import org.hl7.fhir.r4.model.Medication;
import org.jspecify.annotations.Nullable;

/** Finds the Medication behind a literal reference; contained ones never reach it. */
@FunctionalInterface
public interface MedicationLookup {
    @Nullable
    Medication find(String reference);
}
