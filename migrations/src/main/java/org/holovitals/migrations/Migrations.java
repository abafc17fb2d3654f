package org.holovitals.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Brings a PostgreSQL database (14 to 18) to the schema this release expects. Every connection of the login becomes the
 * owner role for the rest of its life.
 */
public final class Migrations {
    private final DataSource login;

    public Migrations(Login login) {
        this(simple(login));
    }

    Migrations(DataSource login) {
        this.login = login;
    }

    /** Applies what is pending and returns how many migrations that were; safe to call from several servers at once. */
    public int migrate() {
        prepare();
        return flyway(true).migrate().migrationsExecuted;
    }

    /** The migrations that this release knows or the database has, oldest first; changes nothing. */
    public List<Step> info() {
        return Arrays.stream(flyway(false).info().all()).map(Step::of).toList();
    }

    private void prepare() {
        try (Connection connection = login.getConnection()) {
            new Roles(connection).ensure();
            FailedSteps.forget(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The database could not be prepared: " + e.getMessage(), e);
        }
    }

    private Flyway flyway(boolean asOwner) {
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(login)
                .defaultSchema(Roles.OURS)
                .createSchemas(false)
                .locations("classpath:holovitals/migrations")
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .javaMigrations(new HapiSchema("02", "hapi fhir 8 8 0", login))
                // HAPI's upgrade of a large database may take an hour; the other servers wait.
                .lockRetryCount(-1)
                // A lock that is a transaction would make HAPI's CREATE INDEX CONCURRENTLY wait for ever.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
        return asOwner ? configuration.initSql("set role " + Roles.OWNER).load() : configuration.load();
    }

    private static DataSource simple(Login login) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(login.url());
        source.setUser(login.user());
        source.setPassword(login.password());
        return source;
    }

    /** One migration; {@code appliedAt} is null while it is pending. */
    public record Step(
            String version, String description, @Nullable Instant appliedAt) {
        static Step of(MigrationInfo info) {
            String version = info.getVersion() == null ? "" : info.getVersion().getVersion();
            Instant appliedAt = info.getState().isApplied() && info.getInstalledOn() != null
                    ? info.getInstalledOn().toInstant()
                    : null;
            return new Step(version, info.getDescription(), appliedAt);
        }

        public boolean applied() {
            return appliedAt != null;
        }
    }
}
