package org.holovitals.mappings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A MedicationRequest or MedicationStatement. */
public record MedicationRow(
        Origin origin,
        String resourceType,
        @Nullable String name,
        @Nullable Code code,
        @Nullable String medicationReference,
        @Nullable String dosage,
        @Nullable String frequency,
        @Nullable PartialDate startDate,
        @Nullable PartialDate endDate,
        @Nullable String prescribedBy,
        @Nullable String prescribedByReference,
        @Nullable String purpose,
        @Nullable String status,
        @Nullable String intent)
        implements Row {

    static final String TABLE = "patient_medications";

    @Override
    public String table() {
        return TABLE;
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .add("resource_type", resourceType)
                .add("name", name)
                .code(code)
                .add("medication_reference", medicationReference)
                .add("dosage", dosage)
                .add("frequency", frequency)
                .date("start_date", startDate)
                .date("end_date", endDate)
                .add("prescribed_by", prescribedBy)
                .add("prescribed_by_reference", prescribedByReference)
                .add("purpose", purpose)
                .add("status", status)
                .add("intent", intent)
                .toMap();
    }
}
