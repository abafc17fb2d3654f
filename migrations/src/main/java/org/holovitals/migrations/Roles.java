package org.holovitals.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** The two roles and the two schemas that must stand before the first migration. */
public final class Roles {
    /** Owns the schemas and changes them. */
    public static final String OWNER = "holovitals_owner";

    /** Reads and writes rows; what is append-only it only adds to. */
    public static final String APPLICATION = "holovitals_application";

    static final String OURS = "holovitals";
    static final String HAPI = "fhir";

    /** Roles are shared by all databases of a server, so others may be at the same work: duplicates, or one tuple changed twice. */
    private static final Set<String> RACES = Set.of("23505", "42710", "42P06", "XX000");

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final int ATTEMPTS = 10;

    private final Connection login;

    Roles(Connection login) {
        this.login = login;
    }

    void ensure() throws SQLException {
        String user = text("session_user");
        String database = text("current_database()");
        for (int attempt = 1; ; attempt++) {
            try {
                ensureOnce();
                return;
            } catch (SQLException e) {
                if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                    throw new DatabaseNotPrepared(user, database, e);
                }
                if (attempt == ATTEMPTS || !RACES.contains(e.getSQLState())) {
                    throw e;
                }
            }
        }
    }

    private void ensureOnce() throws SQLException {
        for (String role : new String[] {OWNER, APPLICATION}) {
            if (!is("exists (select from pg_roles where rolname = ?)", role)) {
                run("create role " + role + " nologin");
            }
            if (!is(mayBecome(), role)) {
                run("grant " + role + " to current_user");
            }
        }
        for (String schema : new String[] {HAPI, OURS}) {
            if (!is("to_regnamespace(?) is not null", schema)) {
                run("create schema " + schema + " authorization " + OWNER);
            }
        }
    }

    /** From PostgreSQL 16 on, who creates a role is a member of it who may administer it but not become it. */
    private String mayBecome() throws SQLException {
        boolean separate = login.getMetaData().getDatabaseMajorVersion() >= 16;
        return separate ? "pg_has_role(?, 'set')" : "pg_has_role(?, 'member')";
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = login.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean is(String condition, String name) throws SQLException {
        try (PreparedStatement statement = login.prepareStatement("select " + condition)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private String text(String expression) throws SQLException {
        try (Statement statement = login.createStatement();
                ResultSet row = statement.executeQuery("select quote_ident(" + expression + ")")) {
            row.next();
            return row.getString(1);
        }
    }
}
