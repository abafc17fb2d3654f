package org.holovitals.server.events;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.holovitals.keycloak.admin.AdminRefused;
import org.holovitals.keycloak.admin.AdminUnreachable;
import org.holovitals.keycloak.admin.RealmAdmin;
import org.holovitals.server.base.Repetition;
import org.holovitals.server.identity.RealmAccess;
import org.holovitals.server.users.Revocations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.dao.DataAccessException;

/** Looks for events again and again, in a thread of its own, and then for tokens that other servers revoked. */
final class EventPoller implements MeterBinder, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventPoller.class);

    private static final Repetition.Words WORDS = new Repetition.Words(
            LOG,
            Level.WARN,
            "Keycloak's events cannot be read",
            "Keycloak's events are read again",
            EventPoller::reason);

    private final RealmAccess realm;
    private final EventPoll poll;
    private final EventJournal journal;
    private final Revocations revocations;
    private final Duration interval;
    private final Clock clock;
    private final Repetition thread;

    EventPoller(
            RealmAccess realm,
            EventPoll poll,
            EventJournal journal,
            Revocations revocations,
            Duration interval,
            Clock clock) {
        this.realm = realm;
        this.poll = poll;
        this.journal = journal;
        this.revocations = revocations;
        this.interval = interval;
        this.clock = clock;
        this.thread = new Repetition("identity-events", this::look, WORDS, interval);
    }

    EventPoller start() {
        thread.start();
        return this;
    }

    /** Other servers' revocations are looked for also while Keycloak does not answer. */
    private void look() throws SQLException {
        try {
            Optional<RealmAdmin> known = realm.admin();
            if (known.isPresent()) {
                poll.run(known.get(), interval.dividedBy(2));
            }
        } catch (SQLException | RuntimeException e) {
            refreshAnyway();
            throw e;
        }
        revocations.refresh();
    }

    private void refreshAnyway() {
        try {
            revocations.refresh();
        } catch (DataAccessException e) {
            // The same database that requests need.
            LOG.debug("Revoked tokens cannot be read", e);
        }
    }

    private static String reason(Exception problem) {
        return problem instanceof AdminRefused || problem instanceof AdminUnreachable
                ? String.valueOf(problem.getMessage())
                : problem.getClass().getName();
    }

    /** How old the newest complete look at the events is, on any server. */
    @Override
    public void bindTo(MeterRegistry metrics) {
        Gauge.builder("holovitals.identity.events.age", this, EventPoller::age)
                .description("Since Keycloak's events were last read")
                .baseUnit("seconds")
                .register(metrics);
    }

    private double age() {
        return journal.polledAt(EventStream.USER)
                .map(polled -> Duration.between(polled, clock.instant()).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        thread.close();
    }
}
