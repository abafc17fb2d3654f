package org.holovitals.migrations;

import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/** A versioned step that brings HAPI's tables to the release on the class path; each HAPI upgrade adds one of these. */
final class HapiSchema implements JavaMigration {
    private final String version;
    private final String description;
    private final DataSource login;

    HapiSchema(String version, String description, DataSource login) {
        this.version = version;
        this.description = description;
        this.login = login;
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion(version);
    }

    @Override
    public String getDescription() {
        return description;
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return false;
    }

    @Override
    public void migrate(Context context) throws Exception {
        new HapiTables(login).migrate();
    }
}
