package org.holovitals.server.events;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.holovitals.keycloak.admin.RealmAdmin;
import org.holovitals.server.database.AdvisoryLock;
import org.holovitals.server.users.Revocations;
import org.holovitals.server.users.Users;

/** One look at both streams of events. */
final class EventPoll {

    private static final int PAGE = 500;

    /** Keycloak gives an event its time before it is stored: what is late by this much is found by the next look. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    /** Once in so many looks, and in the first, it goes back this far. */
    private static final int DEEP_EVERY = 12;

    private static final Duration DEEP_OVERLAP = Duration.ofMinutes(10);

    private final DataSource dataSource;
    private final EventJournal journal;
    private final EventRecorder recorder;
    private final Users users;
    private final Revocations revocations;
    private final Clock clock;
    private long looks;
    private Instant usersAskedFor = Instant.EPOCH;

    EventPoll(
            DataSource dataSource,
            EventJournal journal,
            EventRecorder recorder,
            Users users,
            Revocations revocations,
            Clock clock) {
        this.dataSource = dataSource;
        this.journal = journal;
        this.recorder = recorder;
        this.users = users;
        this.revocations = revocations;
        this.clock = clock;
    }

    /**
     * Takes what is new, unless another server does, or did so just now.
     *
     * @param fresh what was read this long ago is not read again
     */
    void run(RealmAdmin keycloak, Duration fresh) throws SQLException {
        Optional<AdvisoryLock> lock = AdvisoryLock.take(dataSource, AdvisoryLock.Task.IDENTITY_EVENTS);
        if (lock.isEmpty()) {
            return;
        }
        try {
            boolean isDeep = looks % DEEP_EVERY == 0;
            for (EventStream stream : EventStream.values()) {
                if (isDue(stream, fresh)) {
                    read(stream, keycloak, isDeep ? DEEP_OVERLAP : OVERLAP);
                }
            }
            askForNewUsers(keycloak);
            if (isDeep) {
                tidy(keycloak);
            }
            looks++;
        } finally {
            lock.get().close();
        }
    }

    private boolean isDue(EventStream stream, Duration fresh) {
        return journal.polledAt(stream)
                .map(polled -> polled.plus(fresh).isBefore(clock.instant()))
                .orElse(true);
    }

    private void read(EventStream stream, RealmAdmin keycloak, Duration overlap) {
        // At first all that Keycloak has kept.
        Instant position = journal.position(stream).orElse(Instant.EPOCH);
        Instant from = position.isAfter(Instant.EPOCH.plus(overlap)) ? position.minus(overlap) : Instant.EPOCH;
        new EventPages(keycloak, PAGE).read(stream, from, page -> recorder.record(stream, page, keycloak));
        journal.moveTo(stream, position);
    }

    /** Their logins came before their rows. */
    private void askForNewUsers(RealmAdmin keycloak) {
        Instant now = clock.instant();
        Facts facts = Facts.none();
        for (String subject : users.madeSince(usersAskedFor)) {
            facts.askForUser(subject, keycloak);
        }
        recorder.apply(facts);
        usersAskedFor = now.minus(OVERLAP);
    }

    private void tidy(RealmAdmin keycloak) {
        Facts facts = Facts.none();
        facts.askForRealm(keycloak);
        recorder.apply(facts);
        journal.forget();
        revocations.forget();
    }
}
