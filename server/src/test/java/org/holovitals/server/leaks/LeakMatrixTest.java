package org.holovitals.server.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
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

    private final JdbcClient jdbc;

    @Autowired
    LeakMatrixTest(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Test
    void nothingOfAnotherPatientComesThrough() {
        String a = patient();
        String b = patient();
        long before = auditRows();
        LeakReport report = new LeakMatrix(new LeakPlan(
                        URI.create(base()),
                        TestIssuer.system(),
                        List.of(a, b),
                        List.of(
                                new LeakPlan.Caller(
                                        "patient, everything", TestIssuer.patient(a, "patient/*.cruds"), Set.of(a)),
                                new LeakPlan.Caller(
                                        "patient, v1", TestIssuer.patient(a, "patient/*.read user/*.write"), Set.of(a)),
                                new LeakPlan.Caller(
                                        "patient, granular",
                                        TestIssuer.patient(
                                                a,
                                                "patient/Observation.rs?category=laboratory patient/Condition.rs user/*.rs"),
                                        Set.of(a)),
                                new LeakPlan.Caller(
                                        "clinician without a consent",
                                        TestIssuer.user("clinician", "user/*.cruds"),
                                        Set.of()),
                                new LeakPlan.Caller(
                                        "administrator", TestIssuer.user("admin", "user/*.cruds"), Set.of())),
                        CASES,
                        SEED))
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
                        List.of(new LeakPlan.Caller("service", TestIssuer.system(), Set.of(a))),
                        300,
                        SEED))
                .run();
        assertThat(report.leaks()).hasSizeGreaterThan(100);
        assertThat(auditRows() - before).isEqualTo(report.requests());
    }

    private long auditRows() {
        return jdbc.sql("select count(*) from holovitals.audit_logs where client_id = 'test-client'")
                .query(Long.class)
                .single();
    }

    private String patient() {
        Patient patient = new Patient();
        patient.addIdentifier()
                .setSystem("urn:mrn")
                .setValue("mrn-" + UUID.randomUUID().toString().replace("-", ""));
        return client().create().resource(patient).execute().getId().getIdPart();
    }
}
