package org.holovitals.migrations;

/** The login may not make what must stand before the first migration; the message holds the SQL for an administrator. */
public final class DatabaseNotPrepared extends RuntimeException {
    DatabaseNotPrepared(String user, String database, Exception cause) {
        super(message(user, database, String.valueOf(cause.getMessage())), cause);
    }

    private static String message(String user, String database, String refusal) {
        return """
                The database login %1$s may not prepare database %2$s (%3$s).
                Have a database administrator run this once, leaving out what exists already, and start again:

                  create role %4$s nologin;
                  create role %5$s nologin;
                  grant %4$s, %5$s to %1$s;
                  -- connected to database %2$s:
                  create schema %6$s authorization %4$s;
                  create schema %7$s authorization %4$s;
                """.formatted(user, database, refusal, Roles.OWNER, Roles.APPLICATION, Roles.HAPI, Roles.OURS);
    }
}
