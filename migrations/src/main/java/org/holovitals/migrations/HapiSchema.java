package org.holovitals.migrations;

import ca.uhn.fhir.jpa.migrate.DriverTypeEnum;
import ca.uhn.fhir.jpa.migrate.HapiMigrator;
import ca.uhn.fhir.jpa.migrate.SchemaMigrator;
import ca.uhn.fhir.jpa.migrate.tasks.HapiFhirJpaMigrationTasks;
import ca.uhn.fhir.util.VersionEnum;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Set;

/**
 * Runs HAPI's own migrator, which keeps its own history: raw DDL from HAPI's jar would make it skip every later task.
 */
final class HapiSchema {
    private HapiSchema() {}

    static void migrate(Login login) {
        try (HikariDataSource pool = new HikariDataSource(pool(login))) {
            HapiMigrator migrator =
                    new HapiMigrator(SchemaMigrator.HAPI_FHIR_MIGRATION_TABLENAME, pool, DriverTypeEnum.POSTGRES_9_4);
            migrator.createMigrationTableIfRequired();
            migrator.addTasks(new HapiFhirJpaMigrationTasks(Set.of()).getAllTasks(VersionEnum.values()));
            migrator.migrate();
        }
    }

    /** Without a pool each of HAPI's thousand small steps opens a connection: 80 seconds instead of 6. */
    private static HikariConfig pool(Login login) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(login.url());
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.setSchema("fhir");
        config.setConnectionInitSql("set role " + Roles.OWNER);
        config.setMaximumPoolSize(3);
        config.setPoolName("hapi-migration");
        return config;
    }
}
