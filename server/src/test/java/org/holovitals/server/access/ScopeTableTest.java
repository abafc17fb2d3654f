package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.holovitals.server.access.SmartScope.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Every resource type × interaction × spelling of a scope × kind of caller through the gate, against an expectation
 * that is computed from the specification's letters and lists alone.
 */
final class ScopeTableTest {
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Set<String> TYPES = new TreeSet<>(FHIR.getResourceTypes());

    /**
     * http://hl7.org/fhir/R4/compartmentdefinition-patient.html: the types with at least one parameter; and Device, which
     * later versions count in and US Core's implanted devices need.
     */
    private static final Set<String> OF_PATIENTS = Set.of("""
            Account AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent Basic BodyStructure
            CarePlan CareTeam ChargeItem Claim ClaimResponse ClinicalImpression Communication CommunicationRequest
            Composition Condition Consent Coverage CoverageEligibilityRequest CoverageEligibilityResponse
            DetectedIssue Device DeviceRequest DeviceUseStatement DiagnosticReport DocumentManifest DocumentReference
            Encounter EnrollmentRequest EpisodeOfCare ExplanationOfBenefit FamilyMemberHistory Flag Goal Group
            ImagingStudy Immunization ImmunizationEvaluation ImmunizationRecommendation Invoice List MeasureReport
            Media MedicationAdministration MedicationDispense MedicationRequest MedicationStatement MolecularSequence
            NutritionOrder Observation Patient Person Procedure Provenance QuestionnaireResponse RelatedPerson
            RequestGroup ResearchSubject RiskAssessment Schedule ServiceRequest Specimen SupplyDelivery SupplyRequest
            VisionPrescription""".split("\\s+"));

    private static final Set<String> SHARED =
            Set.of("Organization", "Practitioner", "PractitionerRole", "Location", "Medication");

    private static final Map<Interaction, Character> LETTERS = Map.of(
            Interaction.CREATE, 'c',
            Interaction.READ, 'r',
            Interaction.UPDATE, 'u',
            Interaction.DELETE, 'd',
            Interaction.SEARCH, 's');

    private final InteractionGate gate =
            new InteractionGate(new Grants(clinician -> WholeRecords.of(Set.of("a"))), new Compartments(FHIR));

    /** Spellings with the letters that they mean; illegal ones mean none. */
    private static Map<String, String> spellings() {
        Map<String, String> spellings = new LinkedHashMap<>(Map.of(
                "read", "rs",
                "write", "cud",
                "*", "cruds",
                "read?_tag=x", "",
                "write?_tag=x", "",
                "*?_tag=x", "",
                "sr", "",
                "sdurc", "",
                "RS", "",
                "rs?", ""));
        for (int bits = 1; bits < 32; bits++) {
            StringBuilder letters = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                letters.append((bits >> i & 1) == 1 ? "cruds".substring(i, i + 1) : "");
            }
            spellings.put(letters.toString(), letters.toString());
            spellings.put(letters + "?_tag=http://example.org|x", letters.toString());
            spellings.put(letters + "?_tag=x&_security=y", letters.toString());
        }
        return spellings;
    }

    @Test
    void theGateOpensExactlyWhereAScopeSaysSo(TestReporter reporter) {
        int cases = 0;
        Map<String, String> spellings = spellings();
        for (String granted : Stream.concat(TYPES.stream(), Stream.of("*")).toList()) {
            for (Level level : Level.values()) {
                for (Map.Entry<String, String> spelling : spellings.entrySet()) {
                    String scope = level.name().toLowerCase(Locale.ROOT) + "/" + granted + "." + spelling.getKey();
                    cases += check(scope, granted, spelling.getValue());
                }
            }
        }
        reporter.publishEntry("scope table, cases", String.valueOf(cases));
        assertThat(cases).isGreaterThan(1_000_000);
    }

    private int check(String scope, String granted, String letters) {
        int cases = 0;
        for (Caller caller : callers(scope)) {
            for (String type : asked(granted)) {
                for (Map.Entry<Interaction, Character> letter : LETTERS.entrySet()) {
                    boolean isMeant = (granted.equals("*") || granted.equals(type))
                            && letters.indexOf(letter.getValue()) >= 0
                            && (caller.isService() || isListed(type, letter.getKey()));
                    if (isOpen(caller, type, letter.getKey()) != isMeant) {
                        throw new AssertionError(scope + " for " + letter.getKey() + " on " + type + " by "
                                + (caller.isService() ? "a service" : caller.roles()) + " should be " + isMeant);
                    }
                    cases++;
                }
            }
        }
        return cases;
    }

    /** Those that a word could be mistaken for; {@code SmartScopesTest} has every pair of types. */
    private static List<String> asked(String granted) {
        List<String> asked = new ArrayList<>(
                granted.equals("*") ? TYPES : Set.of(granted, granted.equals("Patient") ? "Person" : "Patient"));
        asked.add(granted.equals("Questionnaire") ? "QuestionnaireResponse" : "Questionnaire");
        return asked.stream().distinct().toList();
    }

    private static boolean isListed(String type, Interaction interaction) {
        boolean reads = interaction == Interaction.READ || interaction == Interaction.SEARCH;
        return OF_PATIENTS.contains(type) || (reads && SHARED.contains(type));
    }

    private boolean isOpen(Caller caller, String type, Interaction interaction) {
        try {
            gate.require(caller, type, interaction);
            return true;
        } catch (ForbiddenOperationException e) {
            return false;
        }
    }

    private static List<Caller> callers(String scope) {
        SmartScopes scopes = SmartScopes.parse(scope, FHIR.getResourceTypes());
        return List.of(
                caller("a", "Patient/a", Set.of(Caller.ROLE_PATIENT), scopes, false),
                caller(null, "Practitioner/1", Set.of(Caller.ROLE_CLINICIAN), scopes, false),
                caller(null, null, Set.of(), scopes, true));
    }

    private static Caller caller(
            @org.jspecify.annotations.Nullable String patient,
            @org.jspecify.annotations.Nullable String fhirUser,
            Set<String> roles,
            SmartScopes scopes,
            boolean isService) {
        return new Caller("subject", "app", null, null, patient, fhirUser, roles, scopes, isService, Call.from(null));
    }
}
