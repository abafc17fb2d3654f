package org.holovitals.mappings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code patient_diagnoses}.
 *
 * @param icd10 the ICD-10-CM or ICD-10 coding; where the main code is of these systems, the two are the same
 * @param diagnosedDateSource {@code asserted_date} or {@code recorded_date}
 */
public record DiagnosisRow(
        Origin origin,
        @Nullable String condition,
        @Nullable Code icd10,
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

    public DiagnosisRow {
        condition = Texts.or(condition, Code.displayOf(code));
        icd10 = icd10 == null ? Diagnoses.icd10(code) : icd10;
        severity = Texts.or(severity, Code.displayOf(severityCode));
    }

    @Override
    public String table() {
        return "patient_diagnoses";
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .text("condition", condition)
                .text("icd10_code", icd10 == null ? null : icd10.code())
                .text("icd10_system", icd10 == null ? null : icd10.system())
                .code(code)
                .text("category", category)
                .date("diagnosed_date", diagnosedDate)
                .text("diagnosed_date_source", diagnosedDateSource)
                .date("onset", onset)
                .date("abatement", abatement)
                .text("status", status)
                .text("verification_status", verificationStatus)
                .code("severity", severityCode)
                .text("severity", severity)
                .text("notes", notes)
                .text("encounter", encounter)
                .map();
    }
}
