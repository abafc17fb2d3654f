package org.holovitals.server.leaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.holovitals.server.leaks.LeakPlan.Caller.ofWholeRecords;

import ca.uhn.fhir.context.FhirContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.SaidConsents;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each request of the matrix leaves one row in the audit log, too. */
final class LeakMatrixTest extends ServerTest {
    private static final Logger log = LoggerFactory.getLogger(LeakMatrixTest.class);
    private static final int CASES = 6000;
    private static final long SEED = 20261125;
    private static final Set<String> RESULTS = Set.of("Observation", "DiagnosticReport", "Specimen");
    private static final Set<String> DENIED = Set.of(
            "Observation",
            "DiagnosticReport",
            "Specimen",
            "MedicationRequest",
            "MedicationStatement",
            "MedicationAdministration",
            "MedicationDispense");

    private final SaidConsents consents;
    private final JdbcClient jdbc;

    @Autowired
    LeakMatrixTest(SaidConsents consents, JdbcClient jdbc) {
        this.consents = consents;
        this.jdbc = jdbc;
    }

    @Test
    void nothingOfAnotherPatientComesThrough() {
        String a = patient();
        String b = patient();
        long before = auditRows();
        List<LeakPlan.Caller> callers = new ArrayList<>(List.of(
                ofWholeRecords("patient, everything", TestIssuer.patient(a, "patient/*.cruds"), Set.of(a)),
                ofWholeRecords("patient, v1", TestIssuer.patient(a, "patient/*.read user/*.write"), Set.of(a)),
                ofWholeRecords(
                        "patient, granular",
                        TestIssuer.patient(
                                a, "patient/Observation.rs?category=laboratory patient/Condition.rs user/*.rs"),
                        Set.of(a)),
                ofWholeRecords("administrator", TestIssuer.user("admin", "user/*.cruds"), Set.of())));
        callers.addAll(clinicians(a, b));
        LeakReport report = new LeakMatrix(
                        new LeakPlan(URI.create(base()), TestIssuer.system(), List.of(a, b), callers, CASES, SEED))
                .run();
        log.info(
                "{} cases of {} types, {} leaks; own records shown: {}",
                report.cases(),
                report.types(),
                report.leaks().size(),
                report.shown());
        report.leaks().stream().limit(50).forEach(leak -> log.warn("{}", leak));
        long rows = auditRows() - before;
        log.info("{} requests, {} rows in the audit log", report.requests(), rows);
        assertThat(rows).isEqualTo(report.requests());
        assertThat(report.leaks()).isEmpty();
        assertThat(report.cases()).isEqualTo(CASES);
        assertThat(report.shown().get("patient, everything")).isGreaterThan(40);
        assertThat(report.shown().get("clinician, whole record")).isGreaterThan(40);
        assertThat(report.shown())
                .containsEntry("clinician, test results", RESULTS.size())
                .containsEntry("clinician, consent ended", 0);
    }

    private List<LeakPlan.Caller> clinicians(String a, String b) {
        Set<String> types = FhirContext.forR4Cached().getResourceTypes();
        Set<String> noResults = types.stream()
                .filter(type -> !RESULTS.contains(type) && !type.equals("Patient"))
                .collect(Collectors.toSet());
        String ended = clinician();
        consents.grant(ended, a, EnumSet.of(Part.ALL_PHI), Action.values());
        consents.end(ended);
        String whole = granted(a, Part.ALL_PHI);
        String results = granted(a, Part.TEST_RESULTS);
        String denied = granted(a, Part.ALL_PHI);
        consents.deny(denied, a, Part.MEDICATIONS, Part.TEST_RESULTS);
        String other = granted(b, Part.ALL_PHI);
        return List.of(
                ofWholeRecords("clinician without a consent", token(clinician()), Set.of()),
                ofWholeRecords("clinician, whole record", token(whole), Set.of(a)),
                new LeakPlan.Caller("clinician, test results", token(results), Set.of(a), noResults),
                new LeakPlan.Caller("clinician, denied parts", token(denied), Set.of(a), DENIED),
                ofWholeRecords("clinician, consent ended", token(ended), Set.of()),
                ofWholeRecords("clinician, consent of another", token(other), Set.of(b)),
                ofWholeRecords("clinician, launch without a consent", launched(other, a), Set.of()));
    }

    private String granted(String patient, Part part) {
        String subject = clinician();
        consents.grant(subject, patient, EnumSet.of(part), Action.READ);
        return subject;
    }

    private static String clinician() {
        return UUID.randomUUID().toString();
    }

    private static String token(String subject) {
        return TestIssuer.token(claims -> claims.subject(subject)
                .claim("scope", "user/*.cruds")
                .claim("sid", "session")
                .claim("realm_access", Map.of("roles", List.of("clinician"))));
    }

    private static String launched(String subject, String patient) {
        return TestIssuer.token(claims -> claims.subject(subject)
                .claim("scope", "patient/*.cruds")
                .claim("sid", "session")
                .claim("patient", patient)
                .claim("realm_access", Map.of("roles", List.of("clinician"))));
    }

    @Test
    void aCallerWhoSeesMoreThanThePlanSaysIsFoundOut() {
        String a = patient();
        String b = patient();
        long before = auditRows();
        LeakReport report = new LeakMatrix(new LeakPlan(
                        URI.create(base()),
                        TestIssuer.system(),
                        List.of(a, b),
                        List.of(ofWholeRecords("service", TestIssuer.system(), Set.of(a))),
                        300,
                        SEED))
                .run();
        assertThat(report.leaks()).hasSizeGreaterThan(100);
        assertThat(auditRows() - before).isEqualTo(report.requests());
    }

    /** Of requests: what a job does is nobody's request. */
    private long auditRows() {
        return jdbc.sql("""
                        select count(*) from holovitals.audit_logs where client_id = 'test-client' and action <> 'export-run'
                        """).query(Long.class).single();
    }

    private String patient() {
        Patient patient = new Patient();
        patient.addIdentifier()
                .setSystem("urn:mrn")
                .setValue("mrn-" + UUID.randomUUID().toString().replace("-", ""));
        return client().create().resource(patient).execute().getId().getIdPart();
    }
}
