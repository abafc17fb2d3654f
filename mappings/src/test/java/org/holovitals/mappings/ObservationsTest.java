package org.holovitals.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.TimeType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ObservationsTest {
    private final Mappings mappings = new Mappings(reference -> null);

    @Test
    void aBodyTemperatureIsKeptAsWrittenAndInCelsius() {
        var observation = vitalSign("8310-5").setValue(quantity("98.60", "[degF]"));

        assertThat(columns(observation))
                .containsEntry("value", new BigDecimal("98.60"))
                .containsEntry("value_text", "98.60")
                .containsEntry("unit_code", "[degF]")
                .containsEntry("temperature", new BigDecimal("37"))
                .containsEntry("heart_rate", null);
    }

    @Test
    void theCodeThatHasAColumnGoesBeforeItsSynonyms() {
        var observation = vitalSign("3141-9").setValue(quantity("70", "kg"));
        observation.getCode().addCoding(new Coding(Systems.LOINC, "29463-7", null));

        assertThat(columns(observation)).containsEntry("code", "29463-7").containsEntry("weight", new BigDecimal("70"));
    }

    @Test
    void aBloodPressurePanelFillsBothPressures() {
        var observation = vitalSign("85354-9");
        component(observation, "8462-4", quantity("80", "mm[Hg]"));
        component(observation, "8480-6", quantity("16.0", "kPa"));

        assertThat(columns(observation))
                .containsEntry("blood_pressure_systolic", new BigDecimal("120.0102"))
                .containsEntry("blood_pressure_diastolic", new BigDecimal("80"))
                .containsEntry("value", null);
    }

    @Test
    void aUnitThatUcumDoesNotKnowLeavesTheTypedColumnEmpty() {
        var observation =
                vitalSign("29463-7").setValue(new Quantity().setValue(11).setUnit("stone"));

        assertThat(columns(observation))
                .containsEntry("weight", null)
                .containsEntry("value", new BigDecimal("11"))
                .containsEntry("unit", "stone");
    }

    @Test
    void aBoundIsNoNumber() {
        var observation =
                new Observation().setValue(quantity("0.5", "mg/dL").setComparator(QuantityComparator.LESS_THAN));

        assertThat(columns(observation)).containsEntry("value", null).containsEntry("value_text", "<0.5");
        assertThat(losses(observation)).isEmpty();
    }

    @Test
    void aNumberThatNoColumnCanHoldStaysText() {
        var observation = new Observation().setValue(quantity("1E+5000", "1"));

        assertThat(columns(observation)).containsEntry("value", null).containsEntry("value_text", "1E+5000");
    }

    @Test
    void everyObservationThatIsNoVitalSignIsAResult() {
        var observation = new Observation()
                .addCategory(new CodeableConcept(new Coding("urn:own", "vital-signs", null)))
                .addCategory(new CodeableConcept(new Coding(Systems.OBSERVATION_CATEGORY, "laboratory", null)));

        var row = mappings.rows(observation).get(0);

        assertThat(row.table()).isEqualTo("patient_results");
        assertThat(row.columns()).containsEntry("category", "laboratory");
    }

    @Test
    void aRangeIsOneText() {
        var observation = new Observation()
                .setValue(new Range().setLow(quantity("3.50", "kg")).setHigh(quantity("4", "kg")));

        assertThat(columns(observation))
                .containsEntry("value_type", "range")
                .containsEntry("value_text", "3.50..4")
                .containsEntry("unit_code", "kg");
        assertThat(losses(observation)).isEmpty();
    }

    @Test
    void aTimeKeepsItsDigits() {
        var observation = new Observation().setValue(new TimeType("23:59:59.120"));

        assertThat(columns(observation)).containsEntry("value_text", "23:59:59.120");
        assertThat(losses(observation)).isEmpty();
    }

    @Test
    void anInterpretationOfAnotherSystemIsALoss() {
        var observation = new Observation().addInterpretation(new CodeableConcept(new Coding("urn:own", "H", null)));

        assertThat(columns(observation)).containsEntry("interpretation", null);
        assertThat(losses(observation)).hasSize(2);
    }

    @Test
    void anInstantComesBackAsAnInstant() {
        var observation = new Observation().setEffective(new InstantType("2019-05-31T10:30:15.123Z"));

        assertThat(columns(observation)).containsEntry("effective_precision", "instant");
        assertThat(losses(observation)).isEmpty();
    }

    private Map<String, @Nullable Object> columns(Observation observation) {
        return mappings.rows(observation).get(0).columns();
    }

    private List<Loss> losses(Observation observation) {
        return ((Mapped.Rows) mappings.toRows(observation)).losses();
    }

    private static Observation vitalSign(String loinc) {
        return new Observation()
                .addCategory(new CodeableConcept(new Coding(Systems.OBSERVATION_CATEGORY, "vital-signs", null)))
                .setCode(new CodeableConcept(new Coding(Systems.LOINC, loinc, null)));
    }

    private static void component(Observation observation, String loinc, Quantity value) {
        observation
                .addComponent()
                .setCode(new CodeableConcept(new Coding(Systems.LOINC, loinc, null)))
                .setValue(value);
    }

    private static Quantity quantity(String digits, String ucum) {
        var quantity = new Quantity().setSystem(Systems.UCUM).setCode(ucum);
        quantity.setValueElement(new DecimalType(digits));
        return quantity;
    }
}
