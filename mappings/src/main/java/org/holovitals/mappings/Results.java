package org.holovitals.mappings;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;

/** {@code patient_results} ⇄ Observation of any category but vital-signs. */
final class Results {
    private static final List<String> PREFERRED = List.of(Systems.LOINC, Systems.SNOMED);
    private static final Map<String, String> CATEGORIES = Stream.of(
                    "social-history", "imaging", "laboratory", "procedure", "survey", "exam", "therapy", "activity")
            .collect(Collectors.toUnmodifiableMap(code -> code, code -> Systems.OBSERVATION_CATEGORY));

    private Results() {}

    static ResultRow row(Observation observation) {
        var code = Concepts.code(observation.getCode(), PREFERRED);
        return new ResultRow(
                Origins.of(observation, observation.getSubject()),
                Concepts.category(observation.getCategory(), CATEGORIES),
                Concepts.name(observation.getCode(), code),
                code,
                Dates.date(observation.getEffective()),
                ResultValues.value(observation.getValue()),
                referenceRange(observation),
                interpretation(observation),
                Texts.value(observation.getStatusElement()));
    }

    private static @Nullable String referenceRange(Observation observation) {
        var ranges = observation.getReferenceRange();
        if (ranges.isEmpty()) {
            return null;
        }
        String text = Texts.value(ranges.get(0).getTextElement());
        return text != null ? text : ReferenceRanges.text(ranges.get(0));
    }

    /** The row keeps no system for it, so codes of other systems than FHIR's own are left. */
    private static @Nullable String interpretation(Observation observation) {
        for (CodeableConcept interpretation : observation.getInterpretation()) {
            var code = Concepts.first(interpretation, found -> found.isOf(Systems.INTERPRETATION));
            if (code != null) {
                return code.code();
            }
        }
        return null;
    }

    static Observation resource(ResultRow row) {
        var observation = Origins.stamp(new Observation(), row.origin());
        observation.setSubject(References.patient(row.origin()));
        observation.addCategory(Concepts.category(row.category(), CATEGORIES));
        observation.setCode(Concepts.concept(row.code(), row.name()));
        observation.setEffective(Dates.elementOrInstant(row.effective()));
        observation.setValue(ResultValues.element(row.value()));
        if (row.referenceRange() != null) {
            observation.addReferenceRange(ReferenceRanges.range(row.referenceRange()));
        }
        observation.addInterpretation(Concepts.bound(Systems.INTERPRETATION, row.interpretation()));
        Codes.set(observation, "status", row.status());
        return observation;
    }
}
