package org.holovitals.mappings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of one of the patient tables. */
public sealed interface Row
        permits PatientRow,
                DiagnosisRow,
                MedicationRow,
                AllergyRow,
                VitalSignRow,
                ProcedureRow,
                ImmunizationRow,
                FamilyHistoryRow,
                ResultRow,
                ResourceRow {
    Origin origin();

    String table();

    /** All clinical columns in table order; the value is a String, BigDecimal, Integer, Boolean, Instant or null. */
    Map<String, @Nullable Object> columns();
}
