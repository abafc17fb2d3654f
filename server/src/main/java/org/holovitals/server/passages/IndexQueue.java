package org.holovitals.server.passages;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code document_indexing}: which documents wait for their passages, since they have none, or those of another space. A
 * claim is over by itself when its time is: whoever held it may have been killed.
 */
final class IndexQueue {
    /** From which a row may go to working, beside those that are not there. */
    private static final String FREE = """
             (i.status <> 'working' and i.space <> :space)
              or (i.status = 'working' and i.claimed_until < :now and (i.space <> :space or i.attempts < :most))
            """;

    private final JdbcClient jdbc;

    IndexQueue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A document that is somebody's to index.
     *
     * @param attempt the number of this try: only it may end what it began
     */
    record Claim(UUID document, String space, int attempt) {}

    /** To working, from no row, from done or failed for another space, or from a claim that is over: the oldest document. */
    Optional<Claim> claim(String space, int most, Instant now, Instant until) {
        return jdbc.sql("""
                        insert into holovitals.document_indexing as i
                          (id, status, space, attempts, claimed_until, created_at, updated_at)
                        select d.id, 'working', :space, 1, :until, :now, :now
                        from holovitals.documents d left join holovitals.document_indexing i on i.id = d.id
                        where d.status in ('review', 'complete') and (i.id is null or
                        """ + FREE + """
                        ) order by d.id limit 1 for update of d skip locked
                        on conflict (id) do update set status = 'working', space = :space, claimed_until = :until,
                          updated_at = :now, attempts = case when i.space = :space then i.attempts + 1 else 1 end
                        where
                        """ + FREE + " returning id, attempts")
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
