package org.holovitals.server.documents;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code documents} as a queue of those whose text is to be read. A claim is over by itself when its time is: whoever
 * held it may have been killed.
 */
final class TextQueue {
    private final JdbcClient jdbc;

    TextQueue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A document that is somebody's to read.
     *
     * @param attempt the number of this try: only it may end what it began
     */
    record Claim(UUID document, int attempt) {}

    /** From pending, or from a claim that is over, to processing: the one that waits longest. */
    Optional<Claim> claim(Instant now, Instant until) {
        return jdbc.sql("""
                        update holovitals.documents
                        set status = 'processing', attempts = attempts + 1, claimed_until = :until, updated_at = :now,
                          pages_read = 0
                        where id = (
                          select id from holovitals.documents
                          where status = 'pending' or (status = 'processing' and claimed_until < :now)
                          order by id limit 1 for update skip locked)
                        returning id, attempts
                        """)
                .param("now", bound(now))
                .param("until", bound(until))
                .query((row, number) -> new Claim(row.getObject("id", UUID.class), row.getInt("attempts")))
                .optional();
    }

    /** From processing to failed: those at which every reader died. Returns how many. */
    int giveUp(Instant now, int attempts, String failure) {
        return jdbc.sql("""
                        update holovitals.documents
                        set status = 'failed', failure = :failure, claimed_until = null, updated_at = :now
                        where status = 'processing' and claimed_until < :now and attempts >= :attempts
                        """)
                .param("now", bound(now))
                .param("attempts", attempts)
                .param("failure", failure)
                .update();
    }

    /** Says how far it is, while it is this claim's. */
    void progress(Claim claim, int read, int of) {
        jdbc.sql("""
                        update holovitals.documents set pages_read = ?, page_count = ?
                        where id = ? and status = 'processing' and attempts = ?
                        """).params(read, of, claim.document(), claim.attempt()).update();
    }

    /** From processing to complete; whether it was, by this claim. */
    boolean complete(Claim claim, Instant now) {
        return jdbc.sql("""
                        update holovitals.documents set status = 'complete', claimed_until = null, updated_at = ?
                        where id = ? and status = 'processing' and attempts = ?
                        """)
                        .params(bound(now), claim.document(), claim.attempt())
                        .update()
                == 1;
    }

    /** From processing to failed; whether it was, by this claim. */
    boolean fail(Claim claim, String failure, Instant now) {
        return jdbc.sql("""
                        update holovitals.documents
                        set status = 'failed', failure = ?, claimed_until = null, updated_at = ?
                        where id = ? and status = 'processing' and attempts = ?
                        """)
                        .params(failure, bound(now), claim.document(), claim.attempt())
                        .update()
                == 1;
    }

    private static OffsetDateTime bound(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
