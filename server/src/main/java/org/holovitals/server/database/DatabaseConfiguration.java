package org.holovitals.server.database;

import java.util.List;
import javax.sql.DataSource;
import org.holovitals.migrations.Difference;
import org.holovitals.migrations.Login;
import org.holovitals.migrations.Migrations;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Migrates the database and gives the application a pool that can do no more than it needs. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    @Bean
    DataSource dataSource(Login login, DatabaseSettings settings) {
        new Migrations(login).migrate();
        refuseDrift(login);
        return ManagedDataSource.application(login, settings.poolSize(), settings.statementTimeout());
    }

    /** Only once the schema is there. */
    @Bean
    @DependsOn("dataSource")
    Pools pools(Login login) {
        return new Pools(login);
    }

    @Bean
    RowAccess rowAccess(JdbcClient jdbc, ObjectProvider<PlatformTransactionManager> transactions) {
        return new RowAccess(jdbc, transactions);
    }

    /** A server on a schema that it was not built for fails later, in the middle of somebody's write. */
    private static void refuseDrift(Login login) {
        List<Difference> differences = Doctor.examine(login);
        if (!differences.isEmpty()) {
            throw new IllegalStateException(
                    "The database differs from the schema of this release in " + Doctor.summary(differences));
        }
    }
}
