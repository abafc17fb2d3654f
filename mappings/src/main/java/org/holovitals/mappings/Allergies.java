package org.holovitals.mappings;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceReactionComponent;
import org.jspecify.annotations.Nullable;

/** {@code patient_allergies} ⇄ AllergyIntolerance. */
final class Allergies {
    private static final List<String> PREFERRED = List.of(Systems.SNOMED, Systems.RXNORM);
    private static final Set<String> CLINICAL = Set.of("active", "inactive", "resolved");
    private static final Set<String> VERIFICATION = Set.of("unconfirmed", "confirmed", "refuted", "entered-in-error");
    private static final List<String> WORST_FIRST = List.of("severe", "moderate", "mild");

    private Allergies() {}

    static AllergyRow row(AllergyIntolerance allergy) {
        var code = Concepts.code(allergy.getCode(), PREFERRED);
        return new AllergyRow(
                Origins.of(allergy, allergy.getPatient()),
                Concepts.name(allergy.getCode(), code),
                code,
                type(allergy),
                Texts.value(allergy.getTypeElement()),
                Texts.words(allergy.getReaction().stream().flatMap(r -> r.getManifestation().stream())),
                severity(allergy.getReaction()),
                Texts.value(allergy.getCriticalityElement()),
                Dates.date(allergy.getRecordedDateElement()),
                Dates.date(allergy.getOnset()),
                Concepts.bound(allergy.getClinicalStatus(), Systems.ALLERGY_CLINICAL, CLINICAL),
                Concepts.bound(allergy.getVerificationStatus(), Systems.ALLERGY_VERIFICATION, VERIFICATION));
    }

    private static @Nullable String type(AllergyIntolerance allergy) {
        return allergy.getCategory().stream()
                .map(Texts::value)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String severity(List<AllergyIntoleranceReactionComponent> reactions) {
        var severities = reactions.stream()
                .map(reaction -> Texts.value(reaction.getSeverityElement()))
                .filter(Objects::nonNull)
                .toList();
        return WORST_FIRST.stream().filter(severities::contains).findFirst().orElse(null);
    }

    static AllergyIntolerance resource(AllergyRow row) {
        var allergy = Origins.stamp(new AllergyIntolerance(), row.origin());
        allergy.setPatient(References.patient(row.origin()));
        allergy.setCode(Concepts.concept(row.code(), row.allergen()));
        Codes.set(allergy, "category", row.type());
        Codes.set(allergy, "type", row.kind());
        Codes.set(allergy, "criticality", row.criticality());
        allergy.addReaction(reaction(row));
        allergy.setRecordedDateElement(Dates.dateTime(row.diagnosedDate()));
        allergy.setOnset(Dates.element(row.onset()));
        allergy.setClinicalStatus(Concepts.bound(Systems.ALLERGY_CLINICAL, row.clinicalStatus()));
        allergy.setVerificationStatus(Concepts.bound(Systems.ALLERGY_VERIFICATION, row.verificationStatus()));
        return allergy;
    }

    private static @Nullable AllergyIntoleranceReactionComponent reaction(AllergyRow row) {
        if (row.reaction() == null && row.severity() == null) {
            return null;
        }
        var reaction = new AllergyIntoleranceReactionComponent();
        Texts.concepts(row.reaction()).forEach(reaction::addManifestation);
        Codes.set(reaction, "severity", row.severity());
        return reaction;
    }
}
