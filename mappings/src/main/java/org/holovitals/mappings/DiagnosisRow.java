package org.holovitals.mappings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Condition. */
public record DiagnosisRow(
        Origin origin,
        @Nullable String condition,
        @Nullable String icd10Code,
        @Nullable String icd10System,
        @Nullable Code code,
        @Nullable String category,
        @Nullable PartialDate diagnosedDate,
        @Nullable String diagnosedDateSource,
        @Nullable PartialDate onset,
        @Nullable PartialDate abatement,
        @Nullable String status,
        @Nullable String verificationStatus,
        @Nullable Code severityCode,
        @Nullable String severity,
        @Nullable String notes,
        @Nullable String encounter)
        implements Row {

    static final String TABLE = "patient_diagnoses";

    @Override
    public String table() {
        return TABLE;
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .add("condition", condition)
                .add("icd10_code", icd10Code)
                .add("icd10_system", icd10System)
                .code(code)
                .add("category", category)
                .date("diagnosed_date", diagnosedDate)
                .add("diagnosed_date_source", diagnosedDateSource)
                .date("onset", onset)
                .date("abatement", abatement)
                .add("status", status)
                .add("verification_status", verificationStatus)
                .code("severity", severityCode)
                .add("severity", severity)
                .add("notes", notes)
                .add("encounter", encounter)
                .toMap();
    }
}
