package org.holovitals.mappings;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code patient_family_history}: one condition of a relative, or a relative without any.
 *
 * @param ordinal the place of the condition, from 0
 * @param ageAtDiagnosis years
 * @param notes on the condition, or on the relative where there is none
 */
public record FamilyHistoryRow(
        Origin origin,
        int ordinal,
        @Nullable String relationship,
        @Nullable Code relationshipCode,
        @Nullable String condition,
        @Nullable Code code,
        @Nullable BigDecimal ageAtDiagnosis,
        @Nullable String notes,
        @Nullable String status,
        @Nullable Boolean deceased)
        implements Row {

    public FamilyHistoryRow {
        relationship = Texts.or(relationship, Code.displayOf(relationshipCode));
        condition = Texts.or(condition, Code.displayOf(code));
    }

    @Override
    public String table() {
        return "patient_family_history";
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .count("ordinal", ordinal)
                .text("relationship", relationship)
                .code("relationship", relationshipCode)
                .text("condition", condition)
                .code(code)
                .number("age_at_diagnosis", ageAtDiagnosis)
                .text("notes", notes)
                .text("status", status)
                .flag("deceased", deceased)
                .map();
    }
}
