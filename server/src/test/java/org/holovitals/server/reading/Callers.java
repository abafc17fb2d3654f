package org.holovitals.server.reading;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.SaidConsents;

/** Tokens of those who see all, some or none of a patient's record. */
final class Callers {
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category|";

    private final SaidConsents consents;

    Callers(SaidConsents consents, List<String> patients) {
        this.consents = consents;
        for (String patient : patients) {
            grant("of-all", patient, Part.ALL_PHI);
            grant("of-some", patient, Part.VITAL_SIGNS, Part.CONDITIONS, Part.MEDICATIONS);
            grant("but-some", patient, Part.ALL_PHI);
            consents.deny("differential-but-some", patient, Part.VITAL_SIGNS, Part.PROCEDURES);
        }
        grant("of-one", patients.get(0), Part.ALL_PHI);
        patients.stream().skip(1).forEach(other -> consents.deny("differential-of-one", other, Part.ALL_PHI));
    }

    private void grant(String name, String patient, Part... parts) {
        consents.grant("differential-" + name, patient, Set.of(parts), Action.READ);
    }

    /** Somebody, in words, and how to get a token, which is good for five minutes. */
    record Named(String name, Supplier<String> token) {}

    /** Those who ask about a patient. */
    List<Named> of(String patient) {
        return tokens(patient).entrySet().stream()
                .map(entry -> new Named(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Map<String, Supplier<String>> tokens(String patient) {
        Map<String, Supplier<String>> tokens = new LinkedHashMap<>();
        tokens.put("a service", TestIssuer::system);
        tokens.put(
                "a service of vital signs",
                () -> service("system/Observation.rs?category=" + CATEGORY + "vital-signs"));
        tokens.put("the patient", () -> TestIssuer.patient(patient, "patient/*.rs"));
        tokens.put("the patient as a user", () -> TestIssuer.patient(patient, "user/*.rs"));
        tokens.put("the patient who only searches", () -> TestIssuer.patient(patient, "patient/*.s"));
        tokens.put(
                "the patient in granular scopes",
                () -> TestIssuer.patient(
                        patient,
                        "patient/Observation.rs?category=" + CATEGORY + "laboratory patient/Observation.rs?category="
                                + CATEGORY + "vital-signs patient/Encounter.rs patient/Patient.r"));
        tokens.put("another patient", () -> TestIssuer.patient("nobody", "patient/*.rs"));
        for (String name : List.of("of-all", "of-some", "but-some", "of-one", "of-none")) {
            tokens.put("a clinician " + name, () -> TestIssuer.clinician("differential-" + name, "user/*.rs"));
        }
        return tokens;
    }

    private static String service(String scopes) {
        return TestIssuer.token(claims -> claims.claim("scope", scopes));
    }

    void end() {
        List.of("of-all", "of-some", "but-some", "of-one").forEach(name -> consents.end("differential-" + name));
    }
}
