package org.holovitals.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In one transaction the server has no roles of ours, and the session is a login made for the test; then all is undone. */
final class RolesTest {
    private final String user = "l_" + UUID.randomUUID().toString().substring(0, 8);
    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        TestServer.migrated().close();
        database = TestServer.empty();
        connection = database.login();
        connection.setAutoCommit(false);
        TestDatabase.run(connection, "alter role holovitals_owner rename to holovitals_owner_aside");
        TestDatabase.run(connection, "alter role holovitals_application rename to holovitals_application_aside");
    }

    @AfterEach
    void undo() throws SQLException {
        connection.rollback();
        connection.close();
        database.close();
    }

    @Test
    void aLoginThatMayCreateRolesNeedsNoHelp() throws SQLException {
        become("createrole");

        new Roles(connection).ensure();

        assertThat(TestDatabase.query(
                        connection,
                        "select rolname || ' ' || rolcanlogin || ' ' || rolsuper from pg_roles"
                                + " where rolname in ('holovitals_owner', 'holovitals_application') order by 1"))
                .containsExactly("holovitals_application false false", "holovitals_owner false false");
        assertThat(TestDatabase.query(
                        connection,
                        "select nspname || ' ' || nspowner::regrole from pg_namespace"
                                + " where nspname in ('fhir', 'holovitals') order by 1"))
                .containsExactly("fhir holovitals_owner", "holovitals holovitals_owner");
        TestDatabase.run(connection, "set local role holovitals_application");
        TestDatabase.run(connection, "set local role holovitals_owner");
        TestDatabase.run(connection, "create table holovitals.a (a integer)");
    }

    @Test
    void aSecondTimeChangesNothing() throws SQLException {
        become("createrole");
        new Roles(connection).ensure();

        new Roles(connection).ensure();
    }

    @Test
    void aLoginThatMayNotIsToldWhatAnAdministratorHasToRun() throws SQLException {
        become("nocreaterole");

        assertThatThrownBy(() -> new Roles(connection).ensure())
                .isInstanceOf(DatabaseNotPrepared.class)
                .hasMessageContaining("login " + user + " may not prepare database " + database.name())
                .hasMessageContaining("permission denied to create role")
                .hasMessageContaining("create role holovitals_owner nologin;")
                .hasMessageContaining("grant holovitals_owner, holovitals_application to " + user + ";")
                .hasMessageContaining("create schema holovitals authorization holovitals_owner;");
    }

    private void become(String attribute) throws SQLException {
        TestDatabase.run(connection, "create role " + user + " login " + attribute);
        TestDatabase.run(connection, "grant create on database " + database.name() + " to " + user);
        TestDatabase.run(connection, "set local session authorization " + user);
    }
}
