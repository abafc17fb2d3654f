package org.holovitals.server.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Consents.Denial;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.base.Ids;
import org.holovitals.server.reading.Statements;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is remembered of consents holds only as long as nobody, on whichever server, has changed them. */
final class HeldConsentsTest extends ConsentTest {
    private final JdbcClient jdbc;
    private final PlatformTransactionManager transactions;
    private final HeldConsents held;
    private final ConsentDenials denials;
    private final ConsentGrants grants;
    private User patient = new User("", "", "");
    private User clinician = new User("", "", "");
    private UUID grant = new UUID(0, 0);

    @Autowired
    HeldConsentsTest(JdbcClient jdbc, Ids ids, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.held = new HeldConsents(jdbc, Clock.systemUTC());
        this.denials = new ConsentDenials(jdbc, ids, Clock.systemUTC());
        this.grants = new ConsentGrants(jdbc, ids, Clock.systemUTC());
    }

    @BeforeEach
    void consent() {
        patient = patient();
        clinician = clinician();
        grant = granted(clinician, patient).id();
        assertThat(patients()).containsExactly(patient.record());
    }

    @Test
    void aRevocationCountsAtOnce() {
        assertThat(grants.revoke(grant, null, null)).isTrue();

        assertThat(patients()).isEmpty();
    }

    @Test
    void aSecondGrantCountsAtOnce() {
        User another = patient();
        granted(clinician, another);

        assertThat(patients()).containsExactlyInAnyOrder(patient.record(), another.record());
    }

    @Test
    void aDenialToHimCountsAtOnceAndSoDoesItsEnd() {
        UUID denial = deny(row(jdbc, clinician));
        assertThat(denied()).containsExactly(denial);

        assertThat(denials.withdraw(denial)).isTrue();
        assertThat(denied()).isEmpty();
    }

    @Test
    void aDenialToEveryoneCountsAtOnceAndSoDoesItsEnd() {
        UUID denial = deny(null);
        assertThat(denied()).containsExactly(denial);

        assertThat(denials.withdraw(denial)).isTrue();
        assertThat(denied()).isEmpty();
    }

    @Test
    void whatATransactionTookBackIsRememberedByNobody() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            assertThat(grants.revoke(grant, null, null)).isTrue();
            assertThat(patients()).as("in the transaction").isEmpty();
            status.setRollbackOnly();
        });
        assertThat(patients()).as("after it").containsExactly(patient.record());

        // The same number of changes as in the transaction, and another one.
        deny(row(jdbc, clinician));
        assertThat(patients()).containsExactly(patient.record());
        assertThat(denied()).hasSize(1);
    }

    @Test
    void aGrantThatIsGivenAwayToSomebodyElseLeavesTheFirst() {
        User other = clinician();
        jdbc.sql("update holovitals.consent_grants set specialist_id = ? where id = ?")
                .params(row(jdbc, other), grant)
                .update();

        assertThat(patients()).isEmpty();
    }

    @Test
    void aGrantThatEndsIsNoneFromThatMomentOn() {
        AtomicLong now = new AtomicLong(Instant.now().toEpochMilli());
        InstantSource time = () -> Instant.ofEpochMilli(now.get());
        HeldConsents until = new HeldConsents(jdbc, time.withZone(ZoneOffset.UTC));
        Caller caller = GrantsTest.caller(clinician, "test-client", "127.0.0.1");
        assertThat(until.of(caller).patients()).containsExactly(patient.record());

        now.addAndGet(Duration.ofHours(4).plusSeconds(1).toMillis());
        assertThat(until.of(caller).patients()).isEmpty();
    }

    @Test
    void aGrantThatIsTiedToAnAppHoldsForItsCallsOnly() {
        jdbc.sql("update holovitals.consent_grants set restrictions = cast(? as jsonb) where id = ?")
                .params("{\"clients\": [\"its-app\"]}", grant)
                .update();

        assertThat(held.of(GrantsTest.caller(clinician, "its-app", "127.0.0.1")).patients())
                .containsExactly(patient.record());
        assertThat(patients()).isEmpty();
        assertThat(held.of(GrantsTest.caller(clinician, "its-app", "127.0.0.1")).patients())
                .containsExactly(patient.record());
    }

    @Test
    void aReadLearnsWithTheResourceWhetherConsentsHaveChanged() {
        String path = "/fhir/Patient/" + patient.record();
        get(clinician, path);
        try (Statements statements = new Statements()) {
            assertThat(get(clinician, path).status()).isEqualTo(200);
            assertThat(statements.count()).isOne();
        }

        assertThat(grants.revoke(grant, null, null)).isTrue();
        assertThat(get(clinician, path).status()).isEqualTo(404);
    }

    @Test
    void aSearchLearnsWithItsPageWhetherConsentsHaveChanged() {
        User another = patient();
        for (User each : List.of(patient, another)) {
            Observation result = new Observation();
            result.setSubject(new Reference("Patient/" + each.record()));
            result.addCategory().addCoding().setCode("laboratory");
            client().create().resource(result).execute();
        }
        assertThat(found("Observation", patient)).isOne();
        try (Statements statements = new Statements()) {
            assertThat(found("Observation", patient)).isOne();
            assertThat(statements.count()).isOne();
            assertThat(found("DiagnosticReport", patient)).isZero();
            assertThat(statements.count()).as("of a page with nothing on it").isOne();
        }

        assertThat(found("Observation", another)).isZero();
        UUID second = granted(clinician, another).id();
        assertThat(found("Observation", another)).isOne();
        assertThat(grants.revoke(grant, null, null)).isTrue();
        assertThat(found("Observation", patient)).isZero();
        assertThat(found("Observation", another)).isOne();
        assertThat(grants.revoke(second, null, null)).isTrue();
        assertThat(found("Observation", another)).isZero();
    }

    private int found(String type, User of) {
        Answer answer = get(clinician, "/fhir/" + type + "?patient=" + of.record());
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().path("entry").size();
    }

    private UUID deny(@Nullable UUID grantee) {
        return denials.add(patient.record(), null, grantee, EnumSet.of(Part.CLINICAL_NOTES), null, null);
    }

    private Set<String> patients() {
        return held.of(GrantsTest.caller(clinician, "test-client", "127.0.0.1")).patients();
    }

    private Set<UUID> denied() {
        return held.of(GrantsTest.caller(clinician, "test-client", "127.0.0.1")).denials().stream()
                .map(Denial::id)
                .collect(Collectors.toSet());
    }
}
