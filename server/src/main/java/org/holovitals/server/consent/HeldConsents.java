package org.holovitals.server.consent;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Consents;
import org.holovitals.server.consent.HeldRows.Active;
import org.holovitals.server.consent.HeldRows.Rows;
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
    private final Cache<String, Known> remembered = Caffeine.newBuilder()
            .maximumWeight(MOST_REMEMBERED)
            .<String, Known>weigher((subject, known) -> 1 + known.rows().size())
            .build();

    HeldConsents(JdbcClient jdbc, Clock clock) {
        this.rows = new HeldRows(jdbc);
        this.clock = clock;
    }

    /** Rows that are as new as the version at least. */
    private record Known(Version version, Rows rows) {}

    @Override
    public Held of(Caller caller) {
        Set<Kind> kinds = kinds(caller);
        return kinds.isEmpty()
                ? Held.NOTHING
                : rows(caller.subject())
                        .map(found -> held(found, caller, kinds))
                        .orElse(Held.NOTHING);
    }

    private Held held(Rows found, Caller caller, Set<Kind> kinds) {
        Instant now = clock.instant();
        Map<Boolean, List<Grant>> grants = found.grants().stream()
                .filter(active -> kinds.contains(active.kind()) && active.isInForce(now))
                .collect(Collectors.partitioningBy(
                        active -> active.restrictions().holdFor(caller),
                        Collectors.mapping(Active::limited, Collectors.toList())));
        List<Grant> usable = grants.getOrDefault(true, List.of());
        List<Denial> denials = found.denials().isEmpty() ? List.of() : denials(found, usable);
        return new Held(usable, denials, grants.getOrDefault(false, List.of()));
    }

    private static List<Denial> denials(Rows found, Collection<Grant> usable) {
        Set<String> patients = usable.stream().map(Grant::patient).collect(Collectors.toSet());
        return found.denials().stream()
                .filter(denial -> patients.contains(denial.patient()))
                .toList();
    }

    /**
     * The rows of a user; empty when there is none. The version is read before the rows: they may be newer than it says and are
     * then read once more, but never older. What a transaction has not committed is remembered by nobody.
     */
    private Optional<Rows> rows(String subject) {
        Optional<Version> version = rows.version(subject);
        if (version.isEmpty() || TransactionSynchronizationManager.isActualTransactionActive()) {
            return version.map(Version::user).map(rows::of);
        }
        return version.map(newest -> {
            Known known = remembered.getIfPresent(subject);
            if (known != null && known.version().equals(newest)) {
                return known.rows();
            }
            Rows read = rows.of(newest.user());
            remembered.put(subject, new Known(newest, read));
            return read;
        });
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
