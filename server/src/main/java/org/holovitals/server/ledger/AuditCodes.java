package org.holovitals.server.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Coding;

/** The words of the log in FHIR's codes: http://hl7.org/fhir/R4/auditevent.html, and IHE BALP for what is restful. */
final class AuditCodes {
    static final String REST = "http://terminology.hl7.org/CodeSystem/audit-event-type";
    static final String INTERACTIONS = "http://hl7.org/fhir/restful-interaction";
    static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
    /** Actions that are no interaction of FHIR's: a route of /api, or an event of the identity provider. */
    static final String ACTIONS = "urn:holovitals:action";

    /** Resource of the identity provider's events about accounts. */
    static final String ACCOUNT = "Account";

    private static final Map<String, AuditEventAction> LETTERS = letters();
    private static final Map<String, Coding> LOGINS = Map.of(
            "login", new Coding(DICOM, "110122", "Login"),
            "login-failed", new Coding(DICOM, "110122", "Login"),
            "logout", new Coding(DICOM, "110123", "Logout"));

    private static final Map<String, AuditEventOutcome> OUTCOMES = Map.of(
            "success", AuditEventOutcome._0,
            "refused", AuditEventOutcome._4,
            "failure", AuditEventOutcome._8);

    /** A further page of a search, which is a search of FHIR's. */
    private static final String PAGE = "page";

    private AuditCodes() {}

    private static Map<String, AuditEventAction> letters() {
        Map<String, AuditEventAction> letters = new LinkedHashMap<>();
        List.of("read", "vread", "history-instance", "history-type", "history-system")
                .forEach(action -> letters.put(action, AuditEventAction.R));
        List.of("search-type", "search-system", "transaction", "batch", "capabilities")
                .forEach(action -> letters.put(action, AuditEventAction.E));
        letters.put("create", AuditEventAction.C);
        letters.put("update", AuditEventAction.U);
        letters.put("patch", AuditEventAction.U);
        letters.put("delete", AuditEventAction.D);
        return letters;
    }

    static AuditEventAction letter(String action) {
        return LETTERS.getOrDefault(action, AuditEventAction.E);
    }

    /** The actions of a letter; empty for E, which is whatever is of no other. */
    static Set<String> actionsOf(AuditEventAction letter) {
        return letter == AuditEventAction.E ? Set.of() : withLetter(letter);
    }

    /** All actions that have another letter than E. */
    static Set<String> actionsBesideE() {
        return LETTERS.keySet().stream()
                .filter(action -> letter(action) != AuditEventAction.E)
                .collect(Collectors.toSet());
    }

    private static Set<String> withLetter(AuditEventAction letter) {
        return LETTERS.keySet().stream()
                .filter(action -> letter(action) == letter)
                .collect(Collectors.toSet());
    }

    static AuditEventOutcome outcome(String outcome) {
        return OUTCOMES.getOrDefault(outcome, AuditEventOutcome._8);
    }

    static Optional<String> outcomeOf(String code) {
        return OUTCOMES.entrySet().stream()
                .filter(known -> known.getValue().toCode().equals(code))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** FHIR's interactions as the log spells them. */
    static Set<String> interactions() {
        return LETTERS.keySet();
    }

    /** Whether it is an event of the identity provider about an account, and not FHIR's resource type of that name. */
    static boolean isOfAccount(String resource, String action) {
        return resource.equals(ACCOUNT) && !LETTERS.containsKey(action) && !action.startsWith("$");
    }

    static Coding type(String resource, String action) {
        return isOfAccount(resource, action)
                ? new Coding(DICOM, "110114", "User Authentication")
                : new Coding(REST, "rest", "RESTful Operation");
    }

    /** BALP's query has the code of all searches. */
    static List<Coding> subtypes(String action) {
        List<Coding> subtypes = new ArrayList<>();
        if (isSearch(action)) {
            subtypes.add(new Coding(INTERACTIONS, "search", "search"));
        }
        if (LETTERS.containsKey(action)) {
            subtypes.add(new Coding(INTERACTIONS, action, action));
        } else if (LOGINS.containsKey(action)) {
            subtypes.add(LOGINS.get(action).copy());
        } else {
            if (action.startsWith("$")) {
                subtypes.add(new Coding(INTERACTIONS, "operation", "operation"));
            }
            subtypes.add(new Coding(ACTIONS, action, action));
        }
        return subtypes;
    }

    private static boolean isSearch(String action) {
        return action.startsWith("search-") || action.equals(PAGE);
    }

    /** A condition on the action that finds the rows of a subtype, with its parameter. */
    static List<String> actionsWithSubtype(String system, String code) {
        List<String> actions = new ArrayList<>();
        boolean isAny = system.isEmpty();
        if (isAny || system.equals(INTERACTIONS)) {
            LETTERS.keySet().stream()
                    .filter(action -> action.equals(code) || (code.equals("search") && isSearch(action)))
                    .forEach(actions::add);
            if (code.equals("search")) {
                actions.add(PAGE);
            }
        }
        if (isAny || system.equals(DICOM)) {
            LOGINS.entrySet().stream()
                    .filter(known -> known.getValue().getCode().equals(code))
                    .map(Map.Entry::getKey)
                    .forEach(actions::add);
        }
        if ((isAny || system.equals(ACTIONS)) && !LETTERS.containsKey(code) && !LOGINS.containsKey(code)) {
            actions.add(code);
        }
        return actions;
    }
}
