package org.holovitals.mappings;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.jspecify.annotations.Nullable;

/** {@code patient_results} and Observation of every category but vital-signs. */
final class Results {

    private static final String INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

    ResultRow toRow(Observation observation, String status) {
        Concept code = Concept.from(observation.getCode(), Concept.LOINC, Concept.SNOMED);
        ResultValue value = ResultValue.from(observation.getValue());
        return new ResultRow(
                Origins.of(observation, observation.getSubject()),
                Categories.first(observation.getCategory()),
                code.text(),
                code.code(),
                Dates.from(observation.getEffective()),
                value.number(),
                value.text(),
                value.type(),
                value.unit(),
                value.ucum(),
                value.code(),
                range(observation.getReferenceRange()),
                interpretation(observation.getInterpretation()),
                status);
    }

    private static @Nullable String range(List<ObservationReferenceRangeComponent> ranges) {
        if (ranges.isEmpty()) {
            return null;
        }
        ObservationReferenceRangeComponent range = ranges.get(0);
        if (range.hasText()) {
            return range.getText();
        }
        @Nullable String low = Amounts.text(range.getLow());
        @Nullable String high = Amounts.text(range.getHigh());
        if (low == null && high == null) {
            return null;
        }
        @Nullable String unit = Amounts.unit(low == null ? range.getHigh() : range.getLow());
        String bounds = low == null ? "<=" + high : high == null ? ">=" + low : low + " - " + high;
        return unit == null ? bounds : bounds + " " + unit;
    }

    private static @Nullable String interpretation(List<CodeableConcept> interpretations) {
        for (CodeableConcept concept : interpretations) {
            for (Coding coding : concept.getCoding()) {
                if (INTERPRETATION.equals(coding.getSystem()) && coding.hasCode()) {
                    return coding.getCode();
                }
            }
        }
        return null;
    }

    Observation toResource(ResultRow row) {
        Observation observation = new Observation();
        Origins.identify(observation, row.origin());
        observation.setSubject(Origins.patient(row.origin()));
        Categories.add(row.category(), observation::addCategory);
        observation.setCode(new Concept(row.name(), row.code()).toConcept());
        observation.setEffective(Dates.to(row.effective()));
        ResultValue value = new ResultValue(
                row.value(), row.valueText(), row.valueType(), row.unit(), row.unitCode(), row.valueCode());
        observation.setValue(value.toType());
        if (row.referenceRange() != null) {
            observation.addReferenceRange().setText(row.referenceRange());
        }
        if (row.interpretation() != null) {
            observation.addInterpretation(Concept.ofCode(INTERPRETATION, row.interpretation()));
        }
        observation.getStatusElement().setValueAsString(row.status());
        return observation;
    }
}
