package org.holovitals.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;

/** Compares what the database holds with what this release was built for; only schemas fhir and holovitals count. */
public final class SchemaDoctor {
    private SchemaDoctor() {}

    /** Every difference, in the order of the objects' names; none means that the server may start. */
    public static List<Difference> check(Connection connection) throws SQLException {
        SortedMap<String, String> expected = Snapshot.expected();
        SortedMap<String, String> actual = Snapshot.actual(connection);
        TreeSet<String> objects = new TreeSet<>(expected.keySet());
        objects.addAll(actual.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String object : objects) {
            if (!Objects.equals(expected.get(object), actual.get(object))) {
                differences.add(new Difference(object, expected.get(object), actual.get(object)));
            }
        }
        return List.copyOf(differences);
    }
}
