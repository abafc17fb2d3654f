package org.holovitals.server.audit;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.holovitals.server.base.Ids;
import org.holovitals.server.database.Pools;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class AuditConfiguration {
    /** Longer than a commit takes on a busy disk, and short enough for a caller to wait. */
    private static final Duration STATEMENT = Duration.ofSeconds(4);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Bean
    AuditLogs auditLogs(JdbcClient jdbc, Ids ids) {
        return new AuditLogs(jdbc, ids);
    }

    /** With a connection of its own, so that requests which hold all others do not wait for themselves. */
    @Bean(destroyMethod = "close")
    @ConditionalOnWebApplication
    WriterConnection auditWriterConnection(Pools pools) {
        return new WriterConnection(pools.application("holovitals-audit", 1, STATEMENT));
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnWebApplication
    AuditWriter auditWriter(WriterConnection connection, Ids ids) {
        // Each statement is a transaction of its own.
        AuditLogs logs = new AuditLogs(JdbcClient.create(connection.pool()), ids);
        return new AuditWriter(logs::append, PATIENCE).start();
    }

    /** Not a bean of its own, since there shall be one data source to inject. */
    record WriterConnection(HikariDataSource pool) {
        void close() {
            pool.close();
        }
    }
}
