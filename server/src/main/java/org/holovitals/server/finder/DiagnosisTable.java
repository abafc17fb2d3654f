package org.holovitals.server.finder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code patient_diagnoses}, as far as the running transaction sees it. */
final class DiagnosisTable {
    private static final String TYPE = "Condition";

    private final JdbcClient jdbc;

    DiagnosisTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest first, with a clinical status of these; none entered by mistake or refuted. */
    List<Entry> of(String patient, Collection<String> statuses) {
        return jdbc.sql("""
                        select fhir_id, fhir_version, condition, status, severity, notes, onset, abatement, diagnosed_date,
                          coalesce(onset_low, diagnosed_date_low) as since
                        from holovitals.patient_diagnoses
                        where coalesce(status, 'unknown') = any (:statuses)
                          and (verification_status is null or verification_status not in ('entered-in-error', 'refuted')) and
                        """ + RecordRow.OF_PATIENT + " order by since desc nulls last, fhir_id")
                .param("patient", patient)
                .param("statuses", statuses.toArray(String[]::new))
                .query((row, number) -> entry(row))
                .list();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        Source source = RecordRow.source(row, TYPE);
        String status = row.getString("status");
        Telling telling = new Telling()
                .value("", source, row.getString("condition"), RecordRow.concept(TYPE + ".code"))
                .value(" (", source, status, TYPE + ".clinicalStatus.coding.code")
                .words(status == null ? "" : ")")
                .also(", severity: ", source, row.getString("severity"), RecordRow.concept(TYPE + ".severity"))
                .day(", since ", source, row.getString("onset"), TYPE + ".onset", TYPE + ".onset.start")
                .day(", until ", source, row.getString("abatement"), TYPE + ".abatement", TYPE + ".abatement.start");
        if (row.getString("onset") == null) {
            telling.day(", recorded ", source, row.getString("diagnosed_date"), TYPE + ".recordedDate");
        }
        return Entry.of(
                source,
                RecordRow.instant(row, "since"),
                Arrays.asList(row.getString("condition"), row.getString("notes"), "condition"),
                telling);
    }
}
