package org.holovitals.server.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Consent;
import org.holovitals.server.access.Consents;
import org.holovitals.server.access.Consents.Held;
import org.holovitals.server.base.Ids;
import org.holovitals.server.notifications.Notifications;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The clock is moved instead of waited for, on the same database. */
final class ExpiryTest extends ConsentTest {
    private final JdbcClient jdbc;
    private final Ids ids;
    private final Notifications notifications;
    private final ConsentResources resources;
    private final PlatformTransactionManager transactions;

    @Autowired
    ExpiryTest(
            JdbcClient jdbc,
            Ids ids,
            Notifications notifications,
            ConsentResources resources,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.notifications = notifications;
        this.resources = resources;
        this.transactions = transactions;
    }

    @Test
    void aGrantEndsWithItsTimeWhoeverHasWrittenItDown() {
        User patient = patient();
        User clinician = clinician();
        UUID id = granted(clinician, patient).id();

        assertThat(consents(Duration.ofMinutes(239))
                        .of(GrantsTest.caller(clinician, "test-client", "127.0.0.1"))
                        .patients())
                .containsExactly(patient.record());
        assertThat(consents(Duration.ofHours(4)).of(GrantsTest.caller(clinician, "test-client", "127.0.0.1")))
                .isEqualTo(Held.NOTHING);
        assertThat(new GrantList(jdbc, in(Duration.ofHours(4)))
                        .get(id)
                        .orElseThrow()
                        .status())
                .isEqualTo(Status.EXPIRED);
        assertThat(grants(Duration.ofHours(4)).revoke(id, null, null)).isFalse();
        assertThat(consent(id).getStatus()).isEqualTo(Consent.ConsentState.ACTIVE);

        expiry(Duration.ofHours(4)).run();
        assertThat(get(patient, "/api/consents/" + id).text("status")).isEqualTo("expired");
        assertThat(consent(id).getStatus()).isEqualTo(Consent.ConsentState.INACTIVE);
        assertThat(told(clinician, id)).contains("consent-expired");
    }

    @Test
    void itsEndIsWarnedOfOnceAndTwoHoursBefore() {
        User patient = patient();
        User clinician = clinician();
        UUID id = granted(clinician, patient).id();

        expiry(Duration.ofMinutes(119)).run();
        assertThat(told(clinician, id)).containsExactly("consent-approved");
        Duration soon = Duration.ofMinutes(121);
        IntStream.range(0, 4).parallel().forEach(i -> expiry(soon).run());
        assertThat(told(clinician, id)).containsExactly("consent-approved", "consent-expiring");
        assertThat(told(patient, id)).containsExactly("consent-requested", "consent-expiring");
    }

    @Test
    void aShortGrantIsNotWarnedOf() {
        User patient = patient();
        User clinician = clinician();
        UUID id = ask(clinician, patient).id();
        post(patient, "/api/consents/" + id + "/approve", "{\"hours\": 2}");

        expiry(Duration.ofMinutes(30)).run();
        assertThat(told(clinician, id)).containsExactly("consent-approved");
    }

    @Test
    void aRequestIsAnsweredWithinSevenDaysOrNotAtAll() {
        User patient = patient();
        User clinician = clinician();
        UUID id = ask(clinician, patient).id();
        Duration week = Duration.ofDays(7);

        assertThat(grants(week).deny(id, "Too late", null)).isFalse();
        assertThat(new GrantList(jdbc, in(week)).get(id).orElseThrow().status()).isEqualTo(Status.EXPIRED);
        expiry(week).run();
        assertThat(told(clinician, id)).containsExactly("consent-unanswered");
        Answer late = post(patient, "/api/consents/" + id + "/approve", "{}");
        assertThat(late.text("detail")).isEqualTo("The consent is expired now, which does not allow this");
        assertThat(consent(id).getStatus()).isEqualTo(Consent.ConsentState.INACTIVE);
    }

    private Consent consent(UUID id) {
        return client().read().resource(Consent.class).withId(id.toString()).execute();
    }

    private static Clock in(Duration time) {
        return Clock.fixed(Instant.now().plus(time), ZoneOffset.UTC);
    }

    private ConsentGrants grants(Duration time) {
        return new ConsentGrants(jdbc, ids, in(time));
    }

    private Consents consents(Duration time) {
        return new HeldConsents(jdbc, in(time));
    }

    private Expiry expiry(Duration time) {
        return new Expiry(
                grants(time),
                new ConsentSteps(
                        new TransactionTemplate(transactions),
                        new GrantList(jdbc, in(time)),
                        resources,
                        new ConsentNews(notifications, grants(time))));
    }
}
