package org.holovitals.mappings;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of {@code patient_resources}, with what each kind of element can hold. */
final class ResourceRowMaker {
    private final RowMaker make;

    ResourceRowMaker(RowMaker make) {
        this.make = make;
    }

    ResourceRow row() {
        return make.any(encounter(), report(), document(), goal(), specimen(), coverage(), eligibility());
    }

    private ResourceRow encounter() {
        return row("Encounter", concept(), concept(), code(), make.any("planned", "finished"), make.period());
    }

    private ResourceRow report() {
        return row("DiagnosticReport", null, concept(), code(), make.any("final", "amended"), make.dateOrPeriod());
    }

    private ResourceRow document() {
        return row("DocumentReference", concept(), null, code(), make.any("current", "superseded"), make.instant());
    }

    private ResourceRow goal() {
        return row("Goal", null, concept(), code(), make.any("active", "completed"), make.day());
    }

    private ResourceRow specimen() {
        return row("Specimen", concept(), null, null, make.any("available"), make.dateOrPeriod());
    }

    private ResourceRow coverage() {
        return row("Coverage", concept(), concept(), null, make.any("active"), make.period());
    }

    /** Its category is a plain code of FHIR's own. */
    private ResourceRow eligibility() {
        var category = new Code(null, "benefits", null);
        return row("CoverageEligibilityRequest", null, null, category, make.any("active"), make.date());
    }

    private @Nullable Code concept() {
        return make.maybe(
                () -> make.any(make.code(Systems.LOINC, Systems.SNOMED, "urn:x"), new Code(null, null, make.text())));
    }

    private @Nullable Code code() {
        return make.maybe(() -> make.code(Systems.LOINC, "urn:x"));
    }

    private ResourceRow row(
            String resourceType,
            @Nullable Code type,
            @Nullable Code code,
            @Nullable Code category,
            String status,
            PartialDate date) {
        return new ResourceRow(
                make.origin(),
                resourceType,
                type,
                code,
                category == null ? null : Objects.requireNonNull(category.code()),
                category == null ? null : category.system(),
                make.maybe(() -> status),
                make.maybe(() -> date));
    }
}
