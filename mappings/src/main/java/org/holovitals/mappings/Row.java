package org.holovitals.mappings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row of a typed patient table. */
public sealed interface Row
        permits AllergyRow,
                DiagnosisRow,
                FamilyHistoryRow,
                ImmunizationRow,
                MedicationRow,
                PatientRow,
                ProcedureRow,
                ResourceRow,
                ResultRow,
                VitalSignRow {
    Origin origin();

    /** The name of the table, such as {@code patient_diagnoses}. */
    String table();

    /**
     * All clinical columns in the table's order, without those of the origin. Values are String, BigDecimal, Integer,
     * Boolean, Instant or null.
     */
    Map<String, @Nullable Object> columns();
}
