package org.holovitals.mappings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code patient_allergies}.
 *
 * @param type the first category: food, medication, environment or biologic
 * @param kind allergy or intolerance
 * @param severity the worst that a reaction has been
 */
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

    public AllergyRow {
        allergen = Texts.or(allergen, Code.displayOf(code));
    }

    @Override
    public String table() {
        return "patient_allergies";
    }

    @Override
    public Map<String, @Nullable Object> columns() {
        return new Columns()
                .text("allergen", allergen)
                .code(code)
                .text("type", type)
                .text("kind", kind)
                .text("reaction", reaction)
                .text("severity", severity)
                .text("criticality", criticality)
                .date("diagnosed_date", diagnosedDate)
                .date("onset", onset)
                .text("clinical_status", clinicalStatus)
                .text("verification_status", verificationStatus)
                .map();
    }
}
