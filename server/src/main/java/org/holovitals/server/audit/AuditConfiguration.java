package org.holovitals.server.audit;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.holovitals.server.base.Ids;
import org.holovitals.server.database.Pools;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

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
        AuditLogs logs = new AuditLogs(JdbcClient.create(connection.pool()), ids);
        TransactionTemplate transactions = new TransactionTemplate(new DataSourceTransactionManager(connection.pool()));
        return new AuditWriter(entries -> transactions.executeWithoutResult(status -> logs.append(entries)), PATIENCE)
                .start();
    }

    /** Not a bean of its own, since there shall be one data source to inject. */
    record WriterConnection(HikariDataSource pool) {
        void close() {
            pool.close();
        }
    }
}
