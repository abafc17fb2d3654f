package org.holovitals.mappings;

import org.hl7.fhir.r4.model.Medication;
import org.jspecify.annotations.Nullable;

/** Finds the Medication that a MedicationRequest or MedicationStatement points to; contained ones are never asked for. */
public interface MedicationLookup {
    /** The Medication behind a literal reference such as {@code Medication/1}, or null when there is none. */
    @Nullable
    Medication find(String reference);
}
