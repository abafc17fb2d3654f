package org.holovitals.mappings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/** {@code patient_vital_signs} and Observation of the category vital-signs. */
final class VitalSigns {

    private static final String SYSTOLIC = "8480-6";
    private static final String DIASTOLIC = "8462-4";
    private static final String MMHG = "mm[Hg]";
    /** LOINC code to the UCUM unit of its column. */
    private static final Map<String, String> UNITS = Map.of(
            SYSTOLIC, MMHG, DIASTOLIC, MMHG, "8867-4", "/min", "8310-5", "Cel", "29463-7", "kg", "8302-2", "cm",
            "39156-5", "kg/m2", "2708-6", "%", "59408-5", "%");

    private static final Map<String, BigDecimal> KILOGRAMS = Map.of(
            "[lb_av]",
            new BigDecimal("0.45359237"),
            "g",
            new BigDecimal("0.001"),
            "[oz_av]",
            new BigDecimal("0.028349523125"));
    private static final Map<String, BigDecimal> CENTIMETRES =
            Map.of("[in_i]", new BigDecimal("2.54"), "m", new BigDecimal("100"));

    VitalSignRow toRow(Observation observation, String status) {
        CodeableConcept concept = observation.getCode();
        @Nullable Code code = code(concept);
        Quantity value = observation.getValue() instanceof Quantity quantity ? quantity : new Quantity();
        @Nullable String loinc = code != null && Concept.LOINC.equals(code.system()) ? code.code() : null;
        return new VitalSignRow(
                Origins.of(observation, observation.getSubject()),
                code,
                Texts.of(concept.getText()),
                Dates.from(observation.getEffective()),
                Amounts.number(value),
                Amounts.text(value),
                Amounts.unit(value),
                Amounts.ucum(value),
                status,
                pressure(SYSTOLIC, loinc, value, observation),
                pressure(DIASTOLIC, loinc, value, observation),
                reading(loinc, value, "8867-4"),
                reading(loinc, value, "8310-5"),
                reading(loinc, value, "29463-7"),
                reading(loinc, value, "8302-2"),
                reading(loinc, value, "39156-5"),
                reading(loinc, value, "2708-6".equals(loinc) ? "2708-6" : "59408-5"));
    }

    private static @Nullable Code code(CodeableConcept concept) {
        for (Coding coding : concept.getCoding()) {
            if (Concept.LOINC.equals(coding.getSystem()) && coding.hasCode() && UNITS.containsKey(coding.getCode())) {
                return Concept.code(coding);
            }
        }
        return Concept.from(concept, Concept.LOINC).code();
    }

    private static @Nullable BigDecimal pressure(
            String side, @Nullable String loinc, Quantity value, Observation observation) {
        if (SYSTOLIC.equals(loinc) || DIASTOLIC.equals(loinc)) {
            return reading(loinc, value, side);
        }
        for (ObservationComponentComponent component : observation.getComponent()) {
            if (Concept.ofSystem(component.getCode(), Concept.LOINC) != null
                    && component.getCode().getCoding().stream()
                            .anyMatch(c -> Concept.LOINC.equals(c.getSystem()) && side.equals(c.getCode()))
                    && component.getValue() instanceof Quantity quantity) {
                return reading(side, quantity, side);
            }
        }
        return null;
    }

    private static @Nullable BigDecimal reading(@Nullable String loinc, Quantity value, String column) {
        @Nullable BigDecimal number = Amounts.number(value);
        @Nullable String unit = Amounts.ucum(value);
        @Nullable String target = UNITS.get(column);
        if (!column.equals(loinc) || number == null || unit == null || target == null) {
            return null;
        }
        return unit.equals(target) ? number : convert(number, unit, target);
    }

    private static @Nullable BigDecimal convert(BigDecimal number, String unit, String target) {
        if (target.equals("Cel") && unit.equals("[degF]")) {
            BigDecimal fifths = number.subtract(new BigDecimal("32")).multiply(new BigDecimal("5"));
            return fifths.divide(new BigDecimal("9"), Math.max(4, number.scale() + 2), RoundingMode.HALF_EVEN);
        }
        @Nullable
        BigDecimal factor =
                target.equals("kg") ? KILOGRAMS.get(unit) : target.equals("cm") ? CENTIMETRES.get(unit) : null;
        return factor == null ? null : number.multiply(factor);
    }

    Observation toResource(VitalSignRow row) {
        Observation observation = new Observation();
        Origins.identify(observation, row.origin());
        observation.setSubject(Origins.patient(row.origin()));
        observation.addCategory(Concept.ofCode(Categories.OBSERVATION, "vital-signs"));
        observation.setCode(new Concept(row.name(), row.code()).toConcept());
        observation.setEffective(Dates.to(row.date()));
        observation.setValue(Amounts.quantity(row.valueText(), row.unit(), row.unitCode()));
        observation.getStatusElement().setValueAsString(row.status());
        Code code = row.code();
        boolean oneSide = code != null && (code.is(Concept.LOINC, SYSTOLIC) || code.is(Concept.LOINC, DIASTOLIC));
        if (!oneSide) {
            addComponent(observation, SYSTOLIC, row.bloodPressureSystolic());
            addComponent(observation, DIASTOLIC, row.bloodPressureDiastolic());
        }
        return observation;
    }

    private static void addComponent(Observation observation, String loinc, @Nullable BigDecimal value) {
        if (value != null) {
            Quantity pressure =
                    new Quantity().setValue(value).setSystem(Amounts.UCUM).setCode(MMHG);
            observation
                    .addComponent()
                    .setCode(Concept.ofCode(Concept.LOINC, loinc))
                    .setValue(pressure);
        }
    }
}
