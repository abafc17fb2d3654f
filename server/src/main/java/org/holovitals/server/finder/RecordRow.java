package org.holovitals.server.finder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What rows of all typed tables have in common. */
final class RecordRow {
    /** Beside row-level security, which hides other patients' rows, each statement says whose it wants. */
    static final String OF_PATIENT = """
             repository_id = (select r.id from holovitals.patient_repositories r
               join holovitals.patients p on p.id = r.patient_id where p.fhir_id = :patient)
            """;

    private RecordRow() {}

    static Source source(ResultSet row, String type) throws SQLException {
        return new Source(type, row.getString("fhir_id"), row.getLong("fhir_version"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Where the words of a concept may stand. */
    static String[] concept(String path) {
        return new String[] {path + ".text", path + ".coding.display"};
    }
}
