package org.holovitals.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** Connection pools with the session settings that every part of the server relies on. */
public final class ManagedDataSource {
    private static final String SESSION = "SET search_path TO fhir, holovitals; SET TIME ZONE 'UTC'";

    private ManagedDataSource() {}

    /** The serving pool: it may read and write rows but not change the schema, and no statement runs longer than the timeout. */
    public static HikariDataSource application(Database database, int connections, Duration statementTimeout) {
        HikariConfig config = pooled(database, connections);
        config.setPoolName("holovitals");
        config.setConnectionInitSql("SET ROLE holovitals_application; SET statement_timeout = "
                + statementTimeout.toMillis() + "; " + SESSION);
        return new HikariDataSource(config);
    }

    /** The migrating pool: the schemas' owner, without a time limit. */
    public static HikariDataSource owner(Database database, int connections) {
        HikariConfig config = pooled(database, connections);
        config.setPoolName("holovitals-owner");
        config.setConnectionInitSql(SESSION);
        return new HikariDataSource(config);
    }

    private static HikariConfig pooled(Database database, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(Math.min(2, connections));
        config.addDataSourceProperty("ApplicationName", "holovitals");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // The detail of a constraint violation quotes the row, which is health data, into every log.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        return config;
    }
}
