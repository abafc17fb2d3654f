package org.holovitals.server.fhir;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL said, found under HAPI's and Hibernate's wrappings (PostgreSQL, appendix A). */
public final class SqlStates {
    private SqlStates() {}

    /** The SQLSTATE in the causes of an exception, if there is one. */
    public static @Nullable String of(Throwable thrown) {
        for (Throwable next = thrown; next != null; next = next.getCause()) {
            if (next instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return null;
    }

    /** Class 22: too long, out of range, or a byte that text cannot hold. */
    public static boolean isDataException(@Nullable String state) {
        return state != null && state.startsWith("22");
    }

    /** 57014: statement_timeout cancelled the query. */
    static boolean isTimeout(@Nullable String state) {
        return "57014".equals(state);
    }
}
