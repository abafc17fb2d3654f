package org.holovitals.server.analyses;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code analysis_queue} as those see it who start machines for it. */
public final class Backlog {
    private final JdbcClient jdbc;

    Backlog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many tasks wait that could begin now. */
    public long waiting() {
        return jdbc.sql("select count(*) from holovitals.analysis_queue where status = 'queued' and run_after <= now()")
                .query(Long.class)
                .single();
    }

    /** Lets the leases of a machine that is gone end now, so that nobody waits for them. */
    public int abandon(UUID instance) {
        return jdbc.sql("""
                        update holovitals.analysis_queue set lease_until = now() - interval '1 millisecond'
                        where instance_id = ? and status = 'processing' and lease_until >= now()
                        """).param(instance).update();
    }
}
