package org.holovitals.server.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.holovitals.migrations.Difference;
import org.holovitals.migrations.Login;
import org.holovitals.migrations.SchemaDoctor;

/** Compares the database with the schema that this release was built for. */
public final class Doctor {
    private static final int SHOWN = 20;

    private Doctor() {}

    /** Where they differ; empty when they agree. */
    public static List<Difference> examine(Login login) {
        try (Connection connection = Sessions.open(login)) {
            return SchemaDoctor.check(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The schema could not be compared: " + e.getMessage(), e);
        }
    }

    /** How many places differ, and the first of them, a line each. */
    static String summary(List<Difference> differences) {
        return differences.stream()
                .limit(SHOWN)
                .map(Difference::toString)
                .collect(Collectors.joining(
                        "\n  ", differences.size() + " places (`db doctor` lists them all):\n  ", ""));
    }
}
