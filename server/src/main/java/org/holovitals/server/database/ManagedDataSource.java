package org.holovitals.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.holovitals.migrations.Login;
import org.holovitals.migrations.Roles;

/** Connection pools with the session settings that every part of the server relies on. */
final class ManagedDataSource {
    private static final Duration MIN_WAIT = Duration.ofSeconds(1);
    private static final String SESSION = "SET search_path TO fhir, holovitals; SET TIME ZONE 'UTC'";

    private ManagedDataSource() {}

    /** The serving pool: it may read and write rows but not change the schema, and no statement runs longer than the timeout. */
    static HikariDataSource application(Login login, int connections, Duration statementTimeout) {
        HikariConfig config = pooled(login, connections);
        config.setPoolName("holovitals");
        config.setConnectionInitSql("SET ROLE " + Roles.APPLICATION + "; SET statement_timeout = "
                + statementTimeout.toMillis() + "; " + SESSION);
        return new HikariDataSource(config);
    }

    /** A pool beside the serving one, whose threads give up as soon as a statement would. */
    static HikariDataSource application(Login login, String name, int connections, Duration statementTimeout) {
        HikariConfig config = pooled(login, connections);
        config.setPoolName(name);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Math.max(MIN_WAIT.toMillis(), statementTimeout.toMillis()));
        config.setConnectionInitSql("SET ROLE " + Roles.APPLICATION + "; SET statement_timeout = "
                + statementTimeout.toMillis() + "; " + SESSION);
        return new HikariDataSource(config);
    }

    /** One connection as the tables' owner. */
    static HikariDataSource owner(Login login, String name) {
        HikariConfig config = pooled(login, 1);
        config.setPoolName(name);
        config.setConnectionInitSql("SET ROLE " + Roles.OWNER + "; " + SESSION);
        return new HikariDataSource(config);
    }

    private static HikariConfig pooled(Login login, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(login.url());
        config.setUsername(login.user());
        config.setPassword(login.password());
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
