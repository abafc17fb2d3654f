package org.holovitals.server.finder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code patient_immunizations}, as far as the running transaction sees it. */
final class ImmunizationTable {
    private static final String TYPE = "Immunization";

    private final JdbcClient jdbc;

    ImmunizationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that were given, the newest first. */
    List<Entry> of(String patient) {
        return jdbc.sql("""
                        select fhir_id, fhir_version, vaccine, date, date_low, date_text, dose_number, lot_number
                        from holovitals.patient_immunizations
                        where status = 'completed' and
                        """ + RecordRow.OF_PATIENT + " order by date_low desc nulls last, fhir_id")
                .param("patient", patient)
                .query((row, number) -> entry(row))
                .list();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        Source source = RecordRow.source(row, TYPE);
        Telling telling = new Telling()
                .value("", source, row.getString("vaccine"), RecordRow.concept(TYPE + ".vaccineCode"))
                .day(", given ", source, row.getString("date"), TYPE + ".occurrence")
                .also(", given ", source, row.getString("date_text"), TYPE + ".occurrence")
                .also(", dose ", source, row.getString("dose_number"), TYPE + ".protocolApplied.doseNumber")
                .also(", lot ", source, row.getString("lot_number"), TYPE + ".lotNumber");
        return Entry.of(
                source,
                RecordRow.instant(row, "date_low"),
                Arrays.asList(row.getString("vaccine"), "vaccine"),
                telling);
    }
}
