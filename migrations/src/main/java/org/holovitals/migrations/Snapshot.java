package org.holovitals.migrations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The objects of the two schemas by name, each with its definition in one line, alike on PostgreSQL 14 to 18. */
final class Snapshot {
    static final String EXPECTED = "/holovitals/doctor/expected.txt";
    private static final String CATALOG = "/holovitals/doctor/catalog.sql";
    private static final String SEPARATOR = ": ";

    /** Before PostgreSQL 16 a view over one table is printed with its alias before every column. */
    private static final Pattern ALIAS =
            Pattern.compile("\\b(?!(?:fhir|holovitals)\\.)[a-z_][a-z0-9_]*\\.(?=[a-z_\"])");

    private Snapshot() {}

    static SortedMap<String, String> expected() {
        SortedMap<String, String> objects = new TreeMap<>();
        resource(EXPECTED).lines().forEach(line -> {
            int end = line.indexOf(SEPARATOR);
            objects.put(line.substring(0, end), line.substring(end + SEPARATOR.length()));
        });
        return objects;
    }

    static SortedMap<String, String> actual(Connection connection) throws SQLException {
        String path = searchPath(connection);
        try {
            setSearchPath(connection, "");
            return read(connection);
        } finally {
            setSearchPath(connection, path);
        }
    }

    static String text(SortedMap<String, String> objects) {
        return objects.entrySet().stream()
                .map(object -> object.getKey() + SEPARATOR + object.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private static SortedMap<String, String> read(Connection connection) throws SQLException {
        SortedMap<String, String> objects = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(resource(CATALOG))) {
            while (rows.next()) {
                objects.put(rows.getString(1), normalized(rows.getString(1), rows.getString(2)));
            }
        }
        return objects;
    }

    private static String normalized(String object, String definition) {
        String line = definition.replaceAll("\\s+", " ").strip();
        return object.startsWith("view ") ? ALIAS.matcher(line).replaceAll("") : line;
    }

    private static String searchPath(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('search_path')")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void setSearchPath(Connection connection, String path) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select set_config('search_path', ?, false)")) {
            statement.setString(1, path);
            statement.execute();
        }
    }

    private static String resource(String name) {
        try (InputStream stream = Snapshot.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing from the jar.");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
