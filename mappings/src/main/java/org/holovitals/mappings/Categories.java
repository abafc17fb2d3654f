package org.holovitals.mappings;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;

/** The first category code; the well-known codes get their system back. */
final class Categories {

    static final String OBSERVATION = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static final String CONDITION = "http://terminology.hl7.org/CodeSystem/condition-category";
    private static final String US_CORE = "http://hl7.org/fhir/us/core/CodeSystem/condition-category";
    private static final Map<String, String> SYSTEMS = Map.of(
            "problem-list-item", CONDITION,
            "encounter-diagnosis", CONDITION,
            "health-concern", US_CORE,
            "laboratory", OBSERVATION,
            "social-history", OBSERVATION,
            "imaging", OBSERVATION,
            "procedure", OBSERVATION,
            "survey", OBSERVATION,
            "exam", OBSERVATION,
            "therapy", OBSERVATION);

    private Categories() {}

    static @Nullable String first(List<CodeableConcept> categories) {
        for (CodeableConcept category : categories) {
            for (Coding coding : category.getCoding()) {
                if (coding.hasCode() && fits(coding)) {
                    return coding.getCode();
                }
            }
        }
        return null;
    }

    /** A known code of a foreign system would come back as something else. */
    private static boolean fits(Coding coding) {
        String known = SYSTEMS.get(coding.getCode());
        return !isVitalSign(coding) && (known == null || !coding.hasSystem() || known.equals(coding.getSystem()));
    }

    static boolean isVitalSign(Coding coding) {
        return OBSERVATION.equals(coding.getSystem()) && "vital-signs".equals(coding.getCode());
    }

    static void add(@Nullable String code, Consumer<CodeableConcept> target) {
        if (code != null) {
            target.accept(new CodeableConcept().addCoding(new Coding(SYSTEMS.get(code), code, null)));
        }
    }
}
