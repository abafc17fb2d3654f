package org.holovitals.server.passages;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.holovitals.server.documents.PageListener;
import org.holovitals.server.texts.PageText;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code document_indexing}: documents that wait for their passages since their text was read, or have those of another
 * space. A claim is over by itself when its time is: whoever held it may have been killed.
 */
final class IndexQueue implements PageListener {
    private static final String WAITING = first("i.status = 'waiting'", "i.id");

    /** Whatever has another space is on one of both sides of this one in the index. */
    private static final String BELOW = first("i.status in ('done', 'failed') and i.space < :space", "i.space");

    private static final String ABOVE = first("i.status in ('done', 'failed') and i.space > :space", "i.space");

    private static final String ABANDONED = first("""
            i.status = 'working' and i.claimed_until < :now and (i.space <> :space or i.attempts < :most)
            """, "i.claimed_until");

    private final JdbcClient jdbc;

    IndexQueue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order of an index, so that none is looked at in vain. */
    private static String first(String condition, String order) {
        return """
                select i.id from holovitals.document_indexing i join holovitals.documents d on d.id = i.id
                where d.status in ('review', 'complete') and %s order by %s limit 1 for update of i skip locked
                """.formatted(condition, order);
    }

    /**
     * A document that is somebody's to index.
     *
     * @param attempt the number of this try: only it may end what it began
     */
    record Claim(UUID document, String space, int attempt) {}

    /** To waiting: its text was read, perhaps once more. */
    @Override
    public void read(UUID document, UUID record, List<PageText> pages, Instant now) {
        jdbc.sql("""
                        insert into holovitals.document_indexing (id, status, attempts, created_at, updated_at)
                        values (:document, 'waiting', 0, :now, :now)
                        on conflict (id) do update
                        set status = 'waiting', space = null, attempts = 0, claimed_until = null, updated_at = :now
                        """).param("document", document).param("now", bound(now)).update();
    }

    /** To working: the oldest document that waits, else one that is done or failed for another space or whose claim is over. */
    Optional<Claim> claim(String space, int most, Instant now, Instant until) {
        return Stream.of(WAITING, ABANDONED, BELOW, ABOVE)
                .flatMap(rows -> claim(rows, space, most, now, until).stream())
                .findFirst();
    }

    private Optional<Claim> claim(String rows, String space, int most, Instant now, Instant until) {
        return jdbc.sql("""
                        update holovitals.document_indexing i
                        set status = 'working', space = :space, claimed_until = :until, updated_at = :now,
                          attempts = case when i.space = :space then i.attempts + 1 else 1 end
                        where i.id = (
                        """ + rows + ") returning i.id, i.attempts")
                .param("space", space)
                .param("most", most)
                .param("now", bound(now))
                .param("until", bound(until))
                .query((row, number) -> new Claim(row.getObject("id", UUID.class), space, row.getInt("attempts")))
                .optional();
    }

    /** From working to failed: those at which every worker died. Returns how many. */
    int giveUp(int most, Instant now) {
        return jdbc.sql("""
                        update holovitals.document_indexing set status = 'failed', claimed_until = null, updated_at = :now
                        where status = 'working' and claimed_until < :now and attempts >= :most
                        """).param("now", bound(now)).param("most", most).update();
    }

    /** From working to done; whether it was, by this claim. */
    boolean done(Claim claim, Instant now) {
        return end(claim, "done", now);
    }

    /** From working to failed; whether it was, by this claim. */
    boolean fail(Claim claim, Instant now) {
        return end(claim, "failed", now);
    }

    private boolean end(Claim claim, String status, Instant now) {
        return jdbc.sql("""
                        update holovitals.document_indexing
                        set status = :status, claimed_until = null, updated_at = :now
                        where id = :document and status = 'working' and space = :space and attempts = :attempt
                        """)
                        .param("status", status)
                        .param("now", bound(now))
                        .param("document", claim.document())
                        .param("space", claim.space())
                        .param("attempt", claim.attempt())
                        .update()
                == 1;
    }

    private static OffsetDateTime bound(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
