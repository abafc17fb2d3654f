package org.holovitals.server.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.holovitals.server.base.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code identity_cursors} and {@code identity_events}: how far the events are read, and which of them. */
final class EventJournal {
    /** An event that may be read again is remembered: twice what is ever looked back. */
    private static final Duration REMEMBERED = Duration.ofMinutes(20);

    private final JdbcClient jdbc;
    private final Ids ids;
    private final Clock clock;

    EventJournal(JdbcClient jdbc, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    /** The time of the newest event that was read; none before the first. */
    Optional<Instant> position(EventStream stream) {
        return jdbc.sql("select position from holovitals.identity_cursors where stream = ?")
                .param(stream.text())
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    /** When a stream was last read to its end, by whichever server. */
    Optional<Instant> polledAt(EventStream stream) {
        return jdbc.sql("select polled_at from holovitals.identity_cursors where stream = ?")
                .param(stream.text())
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    /** Those of some events that were never taken. */
    List<IdentityEvent> unseen(List<IdentityEvent> events) {
        Set<String> known =
                new HashSet<>(jdbc.sql("select event_key from holovitals.identity_events where event_key = any(?)")
                        .param(keys(events))
                        .query(String.class)
                        .list());
        return events.stream().filter(event -> known.add(event.key())).toList();
    }

    /** Marks an event as taken; false when it was already. */
    boolean take(IdentityEvent event) {
        return jdbc.sql("""
                        insert into holovitals.identity_events (id, event_key, happened_at) values (?, ?, ?)
                        on conflict (event_key) do nothing
                        """)
                        .param(ids.next())
                        .param(event.key())
                        .param(at(event.time()))
                        .update()
                == 1;
    }

    /** The stream was read up to a moment; an event that came late does not turn it back. */
    void moveTo(EventStream stream, Instant position) {
        jdbc.sql("""
                        insert into holovitals.identity_cursors as c (id, stream, position, polled_at) values (?, ?, ?, ?)
                        on conflict (stream) do update set
                          position = greatest(c.position, excluded.position), polled_at = excluded.polled_at
                        """)
                .param(ids.next())
                .param(stream.text())
                .param(at(position))
                .param(at(clock.instant()))
                .update();
    }

    /** Forgets events that will not be read again. */
    void forget() {
        jdbc.sql("""
                        delete from holovitals.identity_events e using holovitals.identity_cursors c
                        where e.event_key like c.stream || ':%' and e.happened_at < c.position - cast(? as interval)
                        """).param(REMEMBERED.toString()).update();
    }

    private static String[] keys(Collection<IdentityEvent> events) {
        return events.stream().map(IdentityEvent::key).toArray(String[]::new);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
