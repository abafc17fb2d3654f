package org.holovitals.server.database;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.stream.Stream;

/** What a backup holds, and by which its content is checked. Names are quoted as SQL wants them. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Manifest(
        int format,
        String createdAt,
        String postgresql,
        String schemaVersion,
        List<TableContent> tables,
        List<SequenceState> sequences,
        LargeObjectContent largeObjects,
        Accounts keycloak) {

    static final int FORMAT = 2;
    static final String ENTRY = "manifest.json";
    static final String LARGE_OBJECTS = "large-objects";

    /** The rows of one table in COPY's text format, in the entry {@code tables/NAME}. */
    record TableContent(String name, List<String> columns, long rows, Checksum checksum) {
        String entry() {
            return entry(name);
        }

        static String entry(String table) {
            return "tables/" + table.replace("\"", "");
        }
    }

    /** Keycloak's schema; empty where no Keycloak was ever started on the database. */
    record Accounts(
            List<String> definitions, List<String> keys, List<TableContent> tables, List<SequenceState> sequences) {}

    record SequenceState(String name, long lastValue, boolean called) {}

    record LargeObjectContent(long count, Checksum checksum) {}

    /** Of the uncompressed bytes. */
    record Checksum(long bytes, String sha256) {}

    /** All tables: ours and Keycloak's. */
    List<TableContent> allTables() {
        return Stream.concat(tables.stream(), keycloak.tables().stream()).toList();
    }

    long rows() {
        return allTables().stream().mapToLong(TableContent::rows).sum();
    }
}
