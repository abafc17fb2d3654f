package org.holovitals.server.audit;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.holovitals.server.audit.AuditConfiguration.WriterConnection;
import org.holovitals.server.base.Ids;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A writer of the audit log that a benchmark, which imports this, can turn off: then nobody waits for a row. */
public final class SwitchedWriter {
    private static final AtomicBoolean RECORDS = new AtomicBoolean(true);

    /** From now on rows are written and waited for, or not. */
    public static void records(boolean on) {
        RECORDS.set(on);
    }

    @Bean(destroyMethod = "close")
    @Primary
    AuditWriter switchedWriter(WriterConnection connection, Ids ids) {
        return new AuditWriter(
                        entries -> {
                            if (RECORDS.get()) {
                                commit(connection, ids, entries);
                            }
                        },
                        Duration.ofSeconds(5))
                .start();
    }

    static void commit(WriterConnection connection, Ids ids, Collection<AuditEntry> entries) {
        new AuditLogs(JdbcClient.create(connection.pool()), ids).append(entries);
    }
}
