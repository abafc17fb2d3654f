package org.holovitals.server.consent;

import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.holovitals.server.access.Consents.Action;

/** The codes by which a FHIR Consent says what a grant says. */
final class ConsentCodes {
    static final String SCOPES = "http://terminology.hl7.org/CodeSystem/consentscope";
    static final String PRIVACY = "patient-privacy";
    static final String TYPES = "http://hl7.org/fhir/resource-types";
    static final String ACTIONS = "http://terminology.hl7.org/CodeSystem/consentaction";
    static final String PARTICIPATIONS = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    static final String RECIPIENT = "IRCP";
    static final String PURPOSES = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    static final String TREATMENT = "TREAT";
    static final String EMERGENCY_TREATMENT = "ETREAT";
    /** Codes of ours: FHIR has none for parts of a record that are not types, nor for adding to it. */
    static final String PARTS = "urn:holovitals:record-part";

    static final String OWN_ACTIONS = "urn:holovitals:consent-action";
    static final String ADDRESS = "urn:holovitals:consent-address";
    static final String CLIENT = "urn:holovitals:consent-client";
    static final String VIEW_ONLY = "urn:holovitals:consent-view-only";
    /** A user is named by the URN of the row where no Practitioner is known. */
    static final String URIS = "urn:ietf:rfc:3986";

    static final String UUIDS = "urn:uuid:";
    private static final String LOINC = "http://loinc.org";
    private static final String CONSENT_DOCUMENT = "59284-0";
    private static final String ACT_CODES = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    private static final Map<Action, Coding> CODES = Map.of(
            Action.READ, new Coding(ACTIONS, "access", null),
            Action.CORRECT, new Coding(ACTIONS, "correct", null),
            Action.ANNOTATE, new Coding(OWN_ACTIONS, "annotate", null),
            Action.WRITE, new Coding(OWN_ACTIONS, "write", null),
            Action.DECIDE, new Coding(OWN_ACTIONS, "decide", null));

    private static final Map<String, Action> READ = CODES.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(code -> key(code.getValue()), Map.Entry::getKey));

    private ConsentCodes() {}

    static CodeableConcept privacy() {
        return new CodeableConcept(new Coding(SCOPES, PRIVACY, "Privacy Consent"));
    }

    static CodeableConcept document() {
        return new CodeableConcept(new Coding(LOINC, CONSENT_DOCUMENT, "Consent Document"));
    }

    /** R4's rule ppc-1 wants a policy; these say no more than which way it goes. */
    static CodeableConcept policy(boolean isPermit) {
        return new CodeableConcept(new Coding(ACT_CODES, isPermit ? "OPTIN" : "OPTOUT", null));
    }

    static CodeableConcept of(Action action) {
        return new CodeableConcept(CODES.getOrDefault(action, new Coding()).copy());
    }

    /** The action that a concept names; null for one that is not modelled. */
    static @org.jspecify.annotations.Nullable Action action(CodeableConcept concept) {
        return concept.getCoding().stream()
                .map(coding -> READ.get(key(coding)))
                .filter(action -> action != null)
                .findFirst()
                .orElse(null);
    }

    private static String key(Coding coding) {
        return coding.getSystem() + "|" + coding.getCode();
    }
}
