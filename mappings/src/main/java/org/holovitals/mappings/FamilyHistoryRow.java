package org.holovitals.mappings;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One condition of a FamilyMemberHistory, or a member without any. */
public record FamilyHistoryRow(
        Origin origin,
        int ordinal,
        @Nullable String relationship,
        @Nullable Code relationshipCode,
        @Nullable String condition,
        @Nullable Code code,
        @Nullable BigDecimal ageAtDiagnosis,
        @Nullable String notes,
        String status,
        @Nullable Boolean deceased)
        implements Row {

    static final String TABLE = "patient_family_history";

    @Override
    public String table() {
        return TABLE;
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .add("ordinal", ordinal)
                .add("relationship", relationship)
                .code("relationship", relationshipCode)
                .add("condition", condition)
                .code(code)
                .add("age_at_diagnosis", ageAtDiagnosis)
                .add("notes", notes)
                .add("status", status)
                .add("deceased", deceased)
                .toMap();
    }
}
