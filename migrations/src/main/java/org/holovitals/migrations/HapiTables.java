package org.holovitals.migrations;

import ca.uhn.fhir.jpa.migrate.DriverTypeEnum;
import ca.uhn.fhir.jpa.migrate.HapiMigrator;
import ca.uhn.fhir.jpa.migrate.MigrationTaskList;
import ca.uhn.fhir.jpa.migrate.SchemaMigrator;
import ca.uhn.fhir.jpa.migrate.tasks.HapiFhirJpaMigrationTasks;
import ca.uhn.fhir.util.VersionEnum;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/** Schema {@code fhir}, made and upgraded only by HAPI's own migrator: its raw DDL would make later upgrades skip every task. */
final class HapiTables {
    private final DataSource login;

    HapiTables(DataSource login) {
        this.login = login;
    }

    void migrate() throws SQLException {
        MigrationTaskList tasks = new HapiFhirJpaMigrationTasks(Set.of()).getAllTasks(VersionEnum.values());
        try (HikariDataSource pool = pool()) {
            new InterruptedHapiMigration(pool, tasks).cleanUp();
            HapiMigrator migrator =
                    new HapiMigrator(SchemaMigrator.HAPI_FHIR_MIGRATION_TABLENAME, pool, DriverTypeEnum.POSTGRES_9_4);
            migrator.createMigrationTableIfRequired();
            migrator.addTasks(tasks);
            migrator.migrate();
        }
    }

    /** The migrator opens a connection for each of its thousand questions: without a pool that takes more than a minute. */
    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("hapi-migrator");
        config.setDataSource(login);
        config.setMaximumPoolSize(3);
        config.setMinimumIdle(0);
        config.setConnectionInitSql("set role " + Roles.OWNER + "; set search_path = " + Roles.HAPI);
        return new HikariDataSource(config);
    }
}
