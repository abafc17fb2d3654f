package org.holovitals.migrations;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** Brings a database to the schema that this version of the server expects. */
public final class Migrations {
    private final Login login;
    private final Flyway flyway;

    public Migrations(Login login) {
        this.login = login;
        this.flyway = Flyway.configure()
                .dataSource(login.url(), login.user(), login.password())
                .initSql("set role " + Roles.OWNER)
                .schemas("holovitals")
                .table("schema_history")
                .locations("classpath:db/holovitals")
                .javaMigrations(new V1__hapi_8_8_0(login))
                // HAPI's CREATE INDEX CONCURRENTLY would wait for Flyway's own lock for ever.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load();
    }

    /** Makes the two roles and both schemas and applies what is pending; returns how many migrations ran. */
    public int migrate() {
        Roles.ensure(login);
        return flyway.migrate().migrationsExecuted;
    }

    /** Every known migration in order, applied or pending. */
    public List<Step> info() {
        return Arrays.stream(flyway.info().all()).map(Migrations::step).toList();
    }

    private static Step step(MigrationInfo info) {
        String version = info.getVersion() == null ? "" : info.getVersion().getVersion();
        return new Step(version, info.getDescription(), info.getState().getDisplayName());
    }

    /** A migration and its state, as Flyway names it: Pending, Success, Failed … */
    public record Step(String version, String description, String state) {}
}
