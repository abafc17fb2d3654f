package org.holovitals.keycloak.scopes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one list of registered SMART scopes: the realm, the resource server and the smart-configuration all read it.
 * Keycloak's import time grows with the square of their number, so it names the scopes that apps use, not all that SMART
 * allows; any other legal scope is registered together with the app that asks for it.
 */
public final class ScopeCatalogue {
    /** Keycloak's import takes minutes beyond this number. */
    public static final int MOST = 300;

    private static final List<String> LEVELS = List.of("patient", "user", "system");

    private static final List<String> TYPES = List.of(
            "*",
            "AllergyIntolerance",
            "Appointment",
            "AuditEvent",
            "Binary",
            "CarePlan",
            "CareTeam",
            "Condition",
            "Consent",
            "Coverage",
            "Device",
            "DiagnosticReport",
            "DocumentReference",
            "Encounter",
            "FamilyMemberHistory",
            "Goal",
            "Immunization",
            "Location",
            "Medication",
            "MedicationDispense",
            "MedicationRequest",
            "MedicationStatement",
            "Observation",
            "Organization",
            "Patient",
            "Practitioner",
            "PractitionerRole",
            "Procedure",
            "Provenance",
            "QuestionnaireResponse",
            "RelatedPerson",
            "ServiceRequest",
            "Specimen");

    private static final List<String> WRITTEN_BY_APPS = List.of(
            "*",
            "AllergyIntolerance",
            "Condition",
            "DocumentReference",
            "MedicationStatement",
            "Observation",
            "Patient",
            "QuestionnaireResponse");

    private static final String CONDITION_CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category";
    private static final String OBSERVATION_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static final String US_CORE_CONDITION = "http://hl7.org/fhir/us/core/CodeSystem/condition-category";
    private static final String US_CORE_CATEGORY = "http://hl7.org/fhir/us/core/CodeSystem/us-core-category";

    /** US Core's granular scopes. */
    private static final List<String> CATEGORIES = List.of(
            "Condition.rs?category=" + CONDITION_CATEGORY + "|encounter-diagnosis",
            "Condition.rs?category=" + CONDITION_CATEGORY + "|problem-list-item",
            "Condition.rs?category=" + US_CORE_CONDITION + "|health-concern",
            "Observation.rs?category=" + OBSERVATION_CATEGORY + "|laboratory",
            "Observation.rs?category=" + OBSERVATION_CATEGORY + "|vital-signs",
            "Observation.rs?category=" + OBSERVATION_CATEGORY + "|social-history",
            "Observation.rs?category=" + OBSERVATION_CATEGORY + "|survey",
            "Observation.rs?category=" + US_CORE_CATEGORY + "|sdoh");

    private static final Pattern DATA =
            Pattern.compile("(patient|user|system)/(\\*|[A-Za-z]+)\\.([a-z]+|\\*)(?:\\?(.+))?");

    private static final List<Scope> ALL = build();

    private ScopeCatalogue() {}

    /** All registered scopes: identity and launch first, then data by level and type. */
    public static List<Scope> all() {
        return ALL;
    }

    /** The registered scopes of a level: {@code patient}, {@code user} or {@code system}. */
    public static List<Scope> ofLevel(String level) {
        return ALL.stream()
                .filter(scope -> scope.name().startsWith(level + "/"))
                .toList();
    }

    /** A legal scope on resources that need not be registered, in words like those of the registered ones. */
    public static Scope describe(String name) {
        Matcher parts = DATA.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a scope on resources: " + name);
        }
        String description = Words.ofPermission(parts.group(3)) + " " + Words.of(parts.group(2));
        String query = parts.group(4);
        return new Scope(
                name, query == null ? description : description + " with " + Words.ofQuery(query), Scope.Kind.DATA);
    }

    private static List<Scope> build() {
        List<Scope> scopes = new ArrayList<>(List.of(
                new Scope("openid", "Sign you in", Scope.Kind.IDENTITY),
                new Scope("profile", "See your name", Scope.Kind.IDENTITY),
                new Scope("fhirUser", "Know which record is yours", Scope.Kind.IDENTITY),
                new Scope("offline_access", "Keep access while you are away", Scope.Kind.IDENTITY),
                new Scope("online_access", "Keep access while you are signed in", Scope.Kind.IDENTITY),
                new Scope("launch", "Start from the open health record", Scope.Kind.LAUNCH),
                new Scope("launch/patient", "Know whose record you choose", Scope.Kind.LAUNCH),
                new Scope("launch/encounter", "Know the current visit", Scope.Kind.LAUNCH)));
        for (String level : LEVELS) {
            TYPES.forEach(type -> scopes.add(data(level, type, ".rs", "Read and search")));
            TYPES.forEach(type -> scopes.add(data(level, type, ".read", "Read and search")));
            WRITTEN_BY_APPS.forEach(type -> scopes.add(data(level, type, ".cruds", "Read, write and delete")));
            WRITTEN_BY_APPS.forEach(type -> scopes.add(data(level, type, ".write", "Write and delete")));
            CATEGORIES.forEach(scope -> scopes.add(category(level, scope)));
        }
        return List.copyOf(scopes);
    }

    private static Scope data(String level, String type, String permission, String verb) {
        return new Scope(level + "/" + type + permission, verb + " " + Words.of(type), Scope.Kind.DATA);
    }

    private static Scope category(String level, String scope) {
        String type = scope.substring(0, scope.indexOf('.'));
        String code = scope.substring(scope.indexOf('|') + 1).replace('-', ' ');
        String description = "Read and search " + Words.of(type) + " of the category " + code;
        return new Scope(level + "/" + scope, description, Scope.Kind.DATA);
    }
}
