package org.holovitals.mappings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code patient_medications}.
 *
 * @param resourceType {@code MedicationRequest} or {@code MedicationStatement}
 * @param reference the literal reference to the Medication, {@code #id} when it is contained; the row then repeats its code
 * @param startDate a period with an open end where a statement says only since when
 */
public record MedicationRow(
        Origin origin,
        String resourceType,
        @Nullable String name,
        @Nullable Code code,
        @Nullable String reference,
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

    public MedicationRow {
        name = Texts.or(name, Code.displayOf(code));
    }

    @Override
    public String table() {
        return "patient_medications";
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .text("resource_type", resourceType)
                .text("name", name)
                .code(code)
                .text("medication_reference", reference)
                .text("dosage", dosage)
                .text("frequency", frequency)
                .date("start_date", startDate)
                .date("end_date", endDate)
                .text("prescribed_by", prescribedBy)
                .text("prescribed_by_reference", prescribedByReference)
                .text("purpose", purpose)
                .text("status", status)
                .text("intent", intent)
                .map();
    }
}
