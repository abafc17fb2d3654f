package org.holovitals.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.hl7.fhir.r4.model.Age;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceSeverity;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.FamilyMemberHistory;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

final class MappingsTest {
    private final Mappings mappings = new Mappings(reference -> null);

    @Test
    void aTypeOutsideOfThePatientsRecordIsSkipped() {
        assertThat(mappings.toRows(new Organization()))
                .isEqualTo(new Mapped.Skipped("Organization is no part of a patient's record"));
        assertThat(mappings.rows(new Organization())).isEmpty();
        assertThat(List.of("Organization", "Practitioner", "Location", "Medication", "Bundle", "Nonsense"))
                .noneMatch(Mappings::handles);
    }

    @Test
    void theTablesAreTheTen() {
        assertThat(Mappings.tables())
                .containsExactlyInAnyOrder(
                        "patients",
                        "patient_diagnoses",
                        "patient_medications",
                        "patient_allergies",
                        "patient_vital_signs",
                        "patient_procedures",
                        "patient_immunizations",
                        "patient_family_history",
                        "patient_results",
                        "patient_resources");
        assertThat(Mappings.columnsByTable().get("patients"))
                .containsExactly(
                        "first_name",
                        "last_name",
                        "date_of_birth",
                        "date_of_birth_precision",
                        "date_of_birth_low",
                        "date_of_birth_high",
                        "sex");
    }

    @Test
    void theOfficialNameIsThePatients() {
        var patient = new Patient();
        patient.addName().setFamily("Nick").setUse(NameUse.NICKNAME);
        patient.addName().setFamily("Usual").setUse(NameUse.USUAL);
        patient.addName().setFamily("Official").addGiven("Ada").addGiven("Mary").setUse(NameUse.OFFICIAL);

        assertThat(mappings.rows(patient).get(0).columns())
                .containsEntry("first_name", "Ada Mary")
                .containsEntry("last_name", "Official");
    }

    @Test
    void theWorstReactionGivesTheSeverity() {
        var allergy = new AllergyIntolerance();
        allergy.addReaction()
                .setSeverity(AllergyIntoleranceSeverity.MILD)
                .addManifestation(new CodeableConcept().setText("Hives"));
        allergy.addReaction()
                .setSeverity(AllergyIntoleranceSeverity.SEVERE)
                .addManifestation(new CodeableConcept().setText("Anaphylaxis"));

        var mapped = (Mapped.Rows) mappings.toRows(allergy);

        assertThat(mapped.rows().get(0).columns())
                .containsEntry("severity", "severe")
                .containsEntry("reaction", "Hives; Anaphylaxis");
        assertThat(mapped.losses()).containsExactly(new Loss("AllergyIntolerance.reaction.severity", "mild"));
    }

    @Test
    void aRelativeHasARowForEachCondition() {
        var member = new FamilyMemberHistory().setRelationship(new CodeableConcept().setText("mother"));
        member.addNote().setText("on the relative");
        member.addCondition().setCode(new CodeableConcept().setText("Stroke")).setOnset(years("61"));
        member.addCondition()
                .setCode(new CodeableConcept().setText("Asthma"))
                .addNote()
                .setText("as a child");

        var mapped = (Mapped.Rows) mappings.toRows(member);

        assertThat(mapped.rows())
                .extracting(row -> row.columns().get("condition"))
                .containsExactly("Stroke", "Asthma");
        assertThat(mapped.rows())
                .extracting(row -> row.columns().get("ordinal"))
                .containsExactly(0, 1);
        assertThat(mapped.rows()).extracting(row -> row.columns().get("notes")).containsExactly(null, "as a child");
        assertThat(mapped.losses()).containsExactly(new Loss("FamilyMemberHistory.note.text", "on the relative"));
        assertThat(mappings.rows(mappings.toResource(mapped.rows()))).isEqualTo(mapped.rows());
    }

    @Test
    void severalRowsAreOnlyEverARelative() {
        var row = mappings.rows(new Patient()).get(0);

        assertThatThrownBy(() -> mappings.toResource(List.of(row, row))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> mappings.toResource(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static Age years(String years) {
        var age = new Age();
        age.setValue(new BigDecimal(years)).setSystem(Systems.UCUM).setCode("a");
        return age;
    }
}
