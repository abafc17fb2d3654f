package org.holovitals.server.launch;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.database.RowAccess;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What launches read of the table {@code patients}. */
final class LaunchPatients {
    private final JdbcClient jdbc;
    private final RowAccess access;

    LaunchPatients(JdbcClient jdbc, RowAccess access) {
        this.jdbc = jdbc;
        this.access = access;
    }

    /**
     * A patient as a person picks her out.
     *
     * @param id FHIR id
     * @param birthDate as FHIR wrote it; empty when unknown
     */
    record Named(String id, String name, String birthDate) {
        static Named of(String id, @Nullable String first, @Nullable String last, @Nullable String birthDate) {
            String name = Stream.of(first, last)
                    .filter(part -> part != null && !part.isBlank())
                    .collect(Collectors.joining(" "));
            return new Named(id, name.isEmpty() ? id : name, birthDate == null ? "" : birthDate);
        }
    }

    /** The known ones of these FHIR ids. */
    List<Named> named(List<String> fhirIds) {
        return access.withPatients(fhirIds, () -> read(fhirIds));
    }

    private List<Named> read(List<String> fhirIds) {
        return jdbc.sql("""
                        select fhir_id, first_name, last_name, date_of_birth from holovitals.patients
                        where fhir_id = any (?) order by fhir_id
                        """)
                .param(fhirIds.toArray(String[]::new))
                .query((row, number) ->
                        Named.of(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }
}
