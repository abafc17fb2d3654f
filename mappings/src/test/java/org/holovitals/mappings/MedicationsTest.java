package org.holovitals.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.junit.jupiter.api.Test;

final class MedicationsTest {
    private static final Medication IBUPROFEN =
            new Medication().setCode(new CodeableConcept(new Coding(Systems.RXNORM, "5640", "ibuprofen")));

    private final Mappings mappings = new Mappings(Map.of("Medication/1", IBUPROFEN)::get);

    @Test
    void aReferencedMedicationGivesTheRowItsNameAndCode() {
        var request = new MedicationRequest().setMedication(new Reference("Medication/1"));

        assertThat(mappings.rows(request).get(0).columns())
                .containsEntry("name", "ibuprofen")
                .containsEntry("code", "5640")
                .containsEntry("medication_reference", "Medication/1");
    }

    @Test
    void aMedicationThatIsNotThereLeavesTheDisplayOfTheReference() {
        var request = new MedicationRequest().setMedication(new Reference("Medication/2").setDisplay("Advil"));

        assertThat(mappings.rows(request).get(0).columns())
                .containsEntry("name", "Advil")
                .containsEntry("code", null);
    }

    @Test
    void aContainedMedicationIsMadeAgain() {
        var request = new MedicationRequest().setMedication(new Reference("#m"));
        request.addContained(IBUPROFEN.copy().setId("m"));

        var mapped = (Mapped.Rows) mappings.toRows(request);

        assertThat(mapped.rows().get(0).columns())
                .containsEntry("code", "5640")
                .containsEntry("medication_reference", "#m");
        assertThat(mapped.losses()).isEmpty();
    }

    @Test
    void theFirstDosageIsTwoTexts() {
        var request = new MedicationRequest();
        var dosage = request.addDosageInstruction();
        dosage.addDoseAndRate().setDose(new Quantity().setValue(500).setUnit("mg"));
        dosage.getTiming().getRepeat().setFrequency(3).setPeriod(1).setPeriodUnit(UnitsOfTime.D);
        request.addDosageInstruction().setText("then stop");

        var mapped = (Mapped.Rows) mappings.toRows(request);

        assertThat(mapped.rows().get(0).columns())
                .containsEntry("dosage", "500 mg")
                .containsEntry("frequency", "3 per 1 d");
        assertThat(mapped.losses()).containsExactly(new Loss("MedicationRequest.dosageInstruction.text", "then stop"));
    }

    @Test
    void freeWordsNeverBecomeADose() {
        var row = new MedicationRow(
                new Origin("", null, 0, null),
                "MedicationStatement",
                null,
                null,
                null,
                "2 daily",
                "2 per day",
                null,
                null,
                null,
                null,
                null,
                null,
                null);

        var dosage = ((MedicationStatement) mappings.toResource(List.of(row))).getDosageFirstRep();

        assertThat(dosage.getText()).isEqualTo("2 daily");
        assertThat(dosage.getDoseAndRate()).isEmpty();
        assertThat(dosage.getTiming().getCode().getText()).isEqualTo("2 per day");
    }

    @Test
    void anOpenPeriodStaysOpen() {
        var statement =
                new MedicationStatement().setEffective(new Period().setStartElement(new DateTimeType("2019-05")));

        var mapped = (Mapped.Rows) mappings.toRows(statement);

        assertThat(mapped.rows().get(0).columns())
                .containsEntry("start_date", "2019-05/..")
                .containsEntry("end_date", null);
        assertThat(mapped.losses()).isEmpty();
    }
}
