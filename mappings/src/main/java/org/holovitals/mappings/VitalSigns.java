package org.holovitals.mappings;

import java.math.BigDecimal;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/** {@code patient_vital_signs} ⇄ Observation of category vital-signs. */
final class VitalSigns {
    static final String CATEGORY = "vital-signs";
    private static final List<String> PREFERRED = List.of(Systems.LOINC);

    private VitalSigns() {}

    static boolean isOne(Observation observation) {
        return observation.getCategory().stream()
                .flatMap(category -> category.getCoding().stream())
                .anyMatch(coding ->
                        Systems.OBSERVATION_CATEGORY.equals(coding.getSystem()) && CATEGORY.equals(coding.getCode()));
    }

    static VitalSignRow row(Observation observation) {
        var code = code(observation.getCode());
        return new VitalSignRow(
                Origins.of(observation, observation.getSubject()),
                code,
                Concepts.name(observation.getCode(), code),
                Dates.date(observation.getEffective()),
                observation.getValue() instanceof Quantity quantity ? Amount.of(quantity) : null,
                Texts.value(observation.getStatusElement()),
                component(observation, VitalSign.SYSTOLIC),
                component(observation, VitalSign.DIASTOLIC));
    }

    /** The code that has a column of its own goes before its synonyms. */
    private static @Nullable Code code(CodeableConcept concept) {
        var sign = Concepts.first(concept, VitalSign::isAny);
        return sign != null ? sign : Concepts.code(concept, PREFERRED);
    }

    private static @Nullable BigDecimal component(Observation observation, VitalSign sign) {
        for (ObservationComponentComponent component : observation.getComponent()) {
            boolean named = Concepts.first(component.getCode(), sign::isNamedBy) != null;
            if (named && component.getValue() instanceof Quantity quantity) {
                return Ucum.in(sign.unit(), quantity);
            }
        }
        return null;
    }

    static Observation resource(VitalSignRow row) {
        var observation = Origins.stamp(new Observation(), row.origin());
        observation.setSubject(References.patient(row.origin()));
        observation.addCategory(Concepts.bound(Systems.OBSERVATION_CATEGORY, CATEGORY));
        observation.setCode(Concepts.concept(row.code(), row.name()));
        observation.setEffective(Dates.elementOrInstant(row.date()));
        observation.setValue(row.amount() == null ? null : row.amount().quantity());
        Codes.set(observation, "status", row.status());
        observation.addComponent(component(VitalSign.SYSTOLIC, row.panelSystolic()));
        observation.addComponent(component(VitalSign.DIASTOLIC, row.panelDiastolic()));
        return observation;
    }

    private static @Nullable ObservationComponentComponent component(VitalSign sign, @Nullable BigDecimal value) {
        if (value == null) {
            return null;
        }
        var component = new ObservationComponentComponent();
        component.setCode(Concepts.concept(sign.code(), null));
        component.setValue(new Amount(value.toPlainString(), sign.unit(), sign.unit()).quantity());
        return component;
    }
}
