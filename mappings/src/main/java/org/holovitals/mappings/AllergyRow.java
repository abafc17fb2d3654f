package org.holovitals.mappings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An AllergyIntolerance. */
public record AllergyRow(
        Origin origin,
        @Nullable String allergen,
        @Nullable Code code,
        @Nullable String type,
        @Nullable String kind,
        @Nullable String reaction,
        @Nullable String severity,
        @Nullable String criticality,
        @Nullable PartialDate diagnosedDate,
        @Nullable PartialDate onset,
        @Nullable String clinicalStatus,
        @Nullable String verificationStatus)
        implements Row {

    static final String TABLE = "patient_allergies";

    @Override
    public String table() {
        return TABLE;
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .add("allergen", allergen)
                .code(code)
                .add("type", type)
                .add("kind", kind)
                .add("reaction", reaction)
                .add("severity", severity)
                .add("criticality", criticality)
                .date("diagnosed_date", diagnosedDate)
                .date("onset", onset)
                .add("clinical_status", clinicalStatus)
                .add("verification_status", verificationStatus)
                .toMap();
    }
}
