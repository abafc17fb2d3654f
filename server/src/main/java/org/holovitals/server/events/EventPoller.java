package org.holovitals.server.events;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.holovitals.keycloak.admin.AdminRefused;
import org.holovitals.keycloak.admin.AdminUnreachable;
import org.holovitals.keycloak.admin.RealmAdmin;
import org.holovitals.server.identity.RealmAccess;
import org.holovitals.server.users.Revocations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Looks for events again and again, in a thread of its own, and then for tokens that other servers revoked. */
final class EventPoller implements MeterBinder, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventPoller.class);

    private final RealmAccess realm;
    private final EventPoll poll;
    private final EventJournal journal;
    private final Revocations revocations;
    private final Duration interval;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "identity-events");
        made.setDaemon(true);
        return made;
    });
    private boolean isFailing;

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
    }

    EventPoller start() {
        var unused = thread.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** What goes wrong is tried again; a line tells when it begins and one when it is over. */
    private void look() {
        try {
            Optional<RealmAdmin> known = realm.admin();
            if (known.isPresent()) {
                poll.run(known.get(), interval.dividedBy(2));
                well();
            }
            revocations.refresh();
        } catch (AdminRefused | AdminUnreachable | SQLException | DataAccessException | TransactionException e) {
            badly(e);
            refreshAnyway();
        } catch (RuntimeException e) {
            // A thread that ends here would leave ended sessions unnoticed until the next start.
            badly(e);
        }
    }

    private void refreshAnyway() {
        try {
            revocations.refresh();
        } catch (DataAccessException e) {
            // The same database that requests need.
            LOG.debug("Revoked tokens cannot be read", e);
        }
    }

    private void well() {
        if (isFailing) {
            LOG.info("Keycloak's events are read again");
        }
        isFailing = false;
    }

    private void badly(Exception problem) {
        if (!isFailing && !thread.isShutdown()) {
            String reason = problem instanceof AdminRefused || problem instanceof AdminUnreachable
                    ? String.valueOf(problem.getMessage())
                    : problem.toString();
            LOG.warn("Keycloak's events cannot be read, tried again every {} s: {}", interval.toSeconds(), reason);
        }
        isFailing = true;
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
        thread.shutdownNow();
        try {
            // Its connection goes back before the pool closes.
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.debug("A look at Keycloak's events is still under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
