package org.holovitals.server.finder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code patient_procedures}, as far as the running transaction sees it. */
final class ProcedureTable {
    private static final String TYPE = "Procedure";

    private final JdbcClient jdbc;

    ProcedureTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest first; none that was not done or entered by mistake. */
    List<Entry> of(String patient) {
        return jdbc.sql("""
                        select fhir_id, fhir_version, name, date, date_low, location, notes, status
                        from holovitals.patient_procedures
                        where (status is null or status not in ('entered-in-error', 'not-done')) and
                        """ + RecordRow.OF_PATIENT + " order by date_low desc nulls last, fhir_id")
                .param("patient", patient)
                .query((row, number) -> entry(row))
                .list();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        Source source = RecordRow.source(row, TYPE);
        Telling telling = new Telling()
                .value("", source, row.getString("name"), RecordRow.concept(TYPE + ".code"))
                .value(" (", source, row.getString("status"), TYPE + ".status")
                .words(row.getString("status") == null ? "" : ")")
                .day(", on ", source, row.getString("date"), TYPE + ".performed.start", TYPE + ".performed")
                .also(", at ", source, row.getString("location"), TYPE + ".location.display");
        return Entry.of(
                source,
                RecordRow.instant(row, "date_low"),
                Arrays.asList(row.getString("name"), row.getString("notes"), "procedure"),
                telling);
    }
}
