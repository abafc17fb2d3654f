package org.holovitals.server.consent;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Consents;
import org.holovitals.server.consent.HeldRows.Version;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What holds for a caller at this moment. The rows are remembered, and each time the database is asked whether they are
 * still the newest, so that a change counts on the next request, whichever server made it. A grant that ended at this
 * moment is none any more, whether or not that has been written down.
 */
final class HeldConsents implements Consents {
    /** Grants and denials of all users together, some hundred bytes each. */
    private static final int MOST_REMEMBERED = 100_000;

    private final HeldRows rows;
    private final Clock clock;
    private final Cache<String, KnownConsents> remembered = Caffeine.newBuilder()
            .maximumWeight(MOST_REMEMBERED)
            .<String, KnownConsents>weigher((subject, known) -> 1 + known.size())
            .build();

    HeldConsents(JdbcClient jdbc, Clock clock) {
        this.rows = new HeldRows(jdbc);
        this.clock = clock;
    }

    @Override
    public Held of(Caller caller) {
        Set<Kind> kinds = kinds(caller);
        return kinds.isEmpty()
                ? Held.NOTHING
                : version(caller)
                        .map(newest -> known(caller.subject(), newest).held(caller, kinds, clock.instant()))
                        .orElse(Held.NOTHING);
    }

    @Override
    public OptionalLong remembered(Caller caller) {
        UUID user = caller.call().account();
        KnownConsents known = user == null || TransactionSynchronizationManager.isActualTransactionActive()
                ? null
                : remembered.getIfPresent(caller.subject());
        return known == null || !known.version().user().equals(user)
                ? OptionalLong.empty()
                : OptionalLong.of(known.version().changes());
    }

    /** The one that the request has read already, or begins with, or the newest; empty when there is no such user. */
    private Optional<Version> version(Caller caller) {
        UUID user = caller.call().account();
        OptionalLong read = caller.call().consentVersion();
        return user != null && read.isPresent()
                ? Optional.of(new Version(user, read.getAsLong()))
                : rows.version(caller.subject());
    }

    /**
     * The version was read before the rows: they may be newer than it says and are then read once more, but never older. What
     * a transaction has not committed is remembered by nobody.
     */
    private KnownConsents known(String subject, Version newest) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return new KnownConsents(newest, rows.of(newest.user()));
        }
        KnownConsents known = remembered.getIfPresent(subject);
        if (known != null && known.isOf(newest)) {
            return known;
        }
        KnownConsents read = new KnownConsents(newest, rows.of(newest.user()));
        remembered.put(subject, read);
        return read;
    }

    /** A role that somebody has lost gives nothing any more. */
    private static Set<Kind> kinds(Caller caller) {
        return caller.isService()
                ? Set.of()
                : Stream.of(Kind.values())
                        .filter(kind -> caller.hasRole(kind.role()))
                        .collect(Collectors.toUnmodifiableSet());
    }
}
