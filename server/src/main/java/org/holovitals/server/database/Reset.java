package org.holovitals.server.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.holovitals.migrations.Login;
import org.holovitals.migrations.Migrations;
import org.holovitals.migrations.Roles;

/** Throws everything away: our schemas are dropped and made anew; Keycloak makes its own, with a new realm, when it starts. */
public final class Reset {
    private final Login login;

    public Reset(Login login) {
        this.login = login;
    }

    /**
     * Empties the database; no other session of the login may be connected.
     *
     * @throws IllegalStateException when a server runs on it, or when the login could not make the schemas again
     */
    public void run() {
        try (Connection connection = Sessions.open(login)) {
            Target.requireAlone(new Catalog(connection));
            drop(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The database could not be reset: " + e.getMessage(), e);
        }
        new Migrations(login).migrate();
    }

    private static void drop(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!mayMakeSchemas(statement)) {
                throw new IllegalStateException(
                        "The login may drop the schemas but not make them again. Have a database administrator drop and"
                                + " create schemas fhir and holovitals for " + Roles.OWNER + ", then run db migrate.");
            }
            statement.execute("DROP SCHEMA IF EXISTS fhir, holovitals, keycloak CASCADE");
        }
    }

    private static boolean mayMakeSchemas(Statement statement) throws SQLException {
        try (ResultSet may =
                statement.executeQuery("SELECT has_database_privilege(session_user, current_database(), 'CREATE')")) {
            return may.next() && may.getBoolean(1);
        }
    }
}
