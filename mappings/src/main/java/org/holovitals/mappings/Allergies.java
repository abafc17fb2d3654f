package org.holovitals.mappings;

import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceReactionComponent;
import org.jspecify.annotations.Nullable;

/** {@code patient_allergies} and AllergyIntolerance. */
final class Allergies {

    private static final String CLINICAL = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
    private static final String VERIFICATION = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";
    private static final List<String> CLINICAL_CODES = List.of("active", "inactive", "resolved");
    private static final List<String> VERIFICATION_CODES =
            List.of("unconfirmed", "confirmed", "refuted", "entered-in-error");
    private static final List<String> WORST_FIRST = List.of("severe", "moderate", "mild");

    AllergyRow toRow(AllergyIntolerance allergy) {
        Concept code = Concept.from(allergy.getCode(), Concept.RXNORM, Concept.SNOMED);
        return new AllergyRow(
                Origins.of(allergy, allergy.getPatient()),
                code.text(),
                code.code(),
                allergy.getCategory().stream()
                        .map(Texts::code)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                Texts.code(allergy.getTypeElement()),
                reaction(allergy),
                severity(allergy),
                Texts.code(allergy.getCriticalityElement()),
                Dates.from(allergy.getRecordedDateElement()),
                Dates.from(allergy.getOnset()),
                Concept.bound(allergy.getClinicalStatus(), CLINICAL, CLINICAL_CODES),
                Concept.bound(allergy.getVerificationStatus(), VERIFICATION, VERIFICATION_CODES));
    }

    private static @Nullable String reaction(AllergyIntolerance allergy) {
        List<String> manifestations = allergy.getReaction().stream()
                .flatMap(reaction -> reaction.getManifestation().stream())
                .map(Concept::readable)
                .filter(Objects::nonNull)
                .toList();
        return manifestations.isEmpty() ? null : String.join("; ", manifestations);
    }

    private static @Nullable String severity(AllergyIntolerance allergy) {
        List<String> found = allergy.getReaction().stream()
                .map(reaction -> Texts.code(reaction.getSeverityElement()))
                .filter(Objects::nonNull)
                .toList();
        return WORST_FIRST.stream().filter(found::contains).findFirst().orElse(null);
    }

    AllergyIntolerance toResource(AllergyRow row) {
        AllergyIntolerance allergy = new AllergyIntolerance();
        Origins.identify(allergy, row.origin());
        allergy.setPatient(Origins.patient(row.origin()));
        allergy.setCode(new Concept(row.allergen(), row.code()).toConcept());
        if (row.type() != null) {
            allergy.addCategory(AllergyIntolerance.AllergyIntoleranceCategory.fromCode(row.type()));
        }
        allergy.getTypeElement().setValueAsString(row.kind());
        allergy.getCriticalityElement().setValueAsString(row.criticality());
        allergy.setRecordedDateElement(Dates.dateTime(row.diagnosedDate()));
        allergy.setOnset(Dates.to(row.onset()));
        allergy.setClinicalStatus(Concept.ofCode(CLINICAL, row.clinicalStatus()));
        allergy.setVerificationStatus(Concept.ofCode(VERIFICATION, row.verificationStatus()));
        addReaction(row, allergy);
        return allergy;
    }

    private static void addReaction(AllergyRow row, AllergyIntolerance allergy) {
        if (row.reaction() == null && row.severity() == null) {
            return;
        }
        AllergyIntoleranceReactionComponent reaction = allergy.addReaction();
        if (row.reaction() != null) {
            reaction.addManifestation(Concept.ofText(row.reaction()));
        }
        reaction.getSeverityElement().setValueAsString(row.severity());
    }
}
