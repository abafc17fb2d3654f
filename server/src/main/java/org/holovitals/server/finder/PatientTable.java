package org.holovitals.server.finder;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code patients}, as far as the running transaction sees it. */
final class PatientTable {
    private static final String TYPE = "Patient";

    private final JdbcClient jdbc;

    PatientTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The one patient, as a sentence. */
    List<Entry> of(String patient) {
        return jdbc.sql("""
                        select fhir_id, fhir_version, first_name, last_name, date_of_birth, sex
                        from holovitals.patients where fhir_id = ?
                        """)
                .param(patient)
                .query((row, number) -> {
                    Source source = RecordRow.source(row, TYPE);
                    Telling telling = Telling.of("Patient")
                            .also(" ", source, row.getString("last_name"), TYPE + ".name.family")
                            .day(", born ", source, row.getString("date_of_birth"), TYPE + ".birthDate")
                            .also(", ", source, row.getString("sex"), TYPE + ".gender");
                    return Entry.of(source, null, List.of(), telling);
                })
                .list();
    }
}
