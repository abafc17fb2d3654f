package org.holovitals.migrations;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The two database roles: the owner migrates, the application reads and writes rows and nothing more. */
public final class Roles {
    /** Owns both schemas and everything in them. */
    public static final String OWNER = "holovitals_owner";

    /** What the running server works as. */
    public static final String APPLICATION = "holovitals_application";

    private static final String CREATE = """
            do $$
            begin
                if not exists (select from pg_roles where rolname = 'holovitals_owner') then
                    create role holovitals_owner nologin;
                end if;
                if not exists (select from pg_roles where rolname = 'holovitals_application') then
                    create role holovitals_application nologin;
                end if;
            exception
                -- Another server of the same cluster was quicker.
                when duplicate_object or unique_violation then null;
            end $$;
            grant holovitals_owner, holovitals_application to current_user;
            """;

    private static final String SCHEMAS = """
            create schema if not exists fhir authorization holovitals_owner;
            create schema if not exists holovitals authorization holovitals_owner;
            set role holovitals_owner;
            grant usage on schema fhir, holovitals to holovitals_application;
            alter default privileges in schema fhir, holovitals
                grant select, insert, update, delete on tables to holovitals_application;
            alter default privileges in schema fhir, holovitals
                grant usage, select on sequences to holovitals_application;
            """;

    private Roles() {}

    static void ensure(Login login) {
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement()) {
            statement.execute(CREATE);
            statement.execute(SCHEMAS);
        } catch (SQLException e) {
            if ("42501".equals(e.getSQLState())) {
                throw new IllegalStateException(
                        "The login '" + login.user()
                                + "' may not create roles or schemas. Have an administrator run once:\n" + CREATE
                                + SCHEMAS,
                        e);
            }
            throw new IllegalStateException("Cannot reach the database at " + login.url() + ": " + e.getMessage(), e);
        }
    }
}
