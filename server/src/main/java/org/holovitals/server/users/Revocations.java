package org.holovitals.server.users;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.RevokedTokens;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code token_revocations}, and a copy of it in memory that every request is checked against. Each server on
 * the database has to {@link #refresh()} its copy, since another one may read the events.
 */
public final class Revocations implements RevokedTokens {
    /** Longer than any access token lives. */
    public static final Duration KEPT = Duration.ofDays(1);

    /** A row is seen only once its transaction has ended, a while after the time that stands in it. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Ids ids;
    private final Clock clock;
    private final Map<Whose, Instant> issuedUntil = new ConcurrentHashMap<>();
    private Instant newest = Instant.EPOCH;

    Revocations(JdbcClient jdbc, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Whose tokens are meant; what is null is any.
     *
     * @param session the issuer's session
     * @param subject the issuer's id of the user
     * @param client the app
     */
    public record Whose(
            @Nullable String session,
            @Nullable String subject,
            @Nullable String client) {}

    /** Tokens issued up to a moment are refused from the next {@link #refresh()} on; in the transaction that runs. */
    public void add(Whose whose, Instant until) {
        jdbc.sql("""
                        insert into holovitals.token_revocations (id, session_id, subject, client_id, issued_until)
                        values (?, ?, ?, ?, ?)
                        """)
                .param(ids.next())
                .param(whose.session())
                .param(whose.subject())
                .param(whose.client())
                .param(at(until))
                .update();
    }

    /** Whether these tokens are refused up to that moment already, as far as this server has heard. */
    public boolean covers(Whose whose, Instant until) {
        Instant known = issuedUntil.get(whose);
        return known != null && !known.isBefore(until);
    }

    /** Takes in what was added since, and forgets what no living token can match. */
    public synchronized void refresh() {
        Instant oldest = clock.instant().minus(KEPT);
        jdbc.sql("""
                        select session_id, subject, client_id, issued_until, created_at from holovitals.token_revocations
                        where created_at > ?
                        """)
                .param(at(newest.isAfter(oldest.plus(OVERLAP)) ? newest.minus(OVERLAP) : oldest))
                .query((row, number) -> {
                    take(
                            new Whose(row.getString(1), row.getString(2), row.getString(3)),
                            row.getObject(4, OffsetDateTime.class).toInstant());
                    Instant created = row.getObject(5, OffsetDateTime.class).toInstant();
                    newest = created.isAfter(newest) ? created : newest;
                    return created;
                })
                .list();
        issuedUntil.values().removeIf(until -> until.isBefore(oldest));
    }

    private void take(Whose whose, Instant until) {
        issuedUntil.merge(whose, until, (known, more) -> more.isAfter(known) ? more : known);
    }

    /** Reads the copy anew, as at a start. */
    public synchronized void reload() {
        issuedUntil.clear();
        newest = Instant.EPOCH;
        refresh();
    }

    /** Deletes the rows that no living token can match. */
    public void forget() {
        jdbc.sql("delete from holovitals.token_revocations where created_at < ?")
                .param(at(clock.instant().minus(KEPT)))
                .update();
    }

    /** A session that ended never begins again, so the time does not matter. */
    @Override
    public boolean contains(Caller caller, @Nullable Instant issuedAt) {
        if (issuedUntil.isEmpty()) {
            return false;
        }
        String session = caller.session();
        return (session != null
                        && (issuedUntil.containsKey(new Whose(session, null, null))
                                || isBefore(issuedAt, new Whose(session, null, caller.client()))))
                || isBefore(issuedAt, new Whose(null, caller.subject(), null))
                || isBefore(issuedAt, new Whose(null, caller.subject(), caller.client()))
                || isBefore(issuedAt, new Whose(null, null, caller.client()))
                || isBefore(issuedAt, new Whose(null, null, null));
    }

    /** Tokens tell their time in whole seconds. */
    private boolean isBefore(@Nullable Instant issuedAt, Whose whose) {
        Instant until = issuedUntil.get(whose);
        return until != null && (issuedAt == null || !issuedAt.isAfter(until.truncatedTo(ChronoUnit.SECONDS)));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
