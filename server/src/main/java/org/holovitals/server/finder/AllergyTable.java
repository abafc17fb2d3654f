package org.holovitals.server.finder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code patient_allergies}, as far as the running transaction sees it. */
final class AllergyTable {
    private static final String TYPE = "AllergyIntolerance";

    private final JdbcClient jdbc;

    AllergyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All but those entered by mistake and refuted ones, the active ones first. */
    List<Entry> of(String patient) {
        return jdbc.sql("""
                        select fhir_id, fhir_version, allergen, type, reaction, severity, criticality, clinical_status,
                          diagnosed_date, diagnosed_date_low
                        from holovitals.patient_allergies
                        where (verification_status is null or verification_status not in ('entered-in-error', 'refuted')) and
                        """ + RecordRow.OF_PATIENT + """
                         order by clinical_status <> 'active' nulls last, diagnosed_date_low desc nulls last, fhir_id
                        """)
                .param("patient", patient)
                .query((row, number) -> entry(row))
                .list();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        Source source = RecordRow.source(row, TYPE);
        Telling telling = new Telling()
                .value("", source, row.getString("allergen"), RecordRow.concept(TYPE + ".code"))
                .value(" (", source, row.getString("clinical_status"), TYPE + ".clinicalStatus.coding.code")
                .words(row.getString("clinical_status") == null ? "" : ")")
                .also(", ", source, row.getString("type"), TYPE + ".category")
                .also(", criticality ", source, row.getString("criticality"), TYPE + ".criticality")
                .also(
                        ", reaction: ",
                        source,
                        row.getString("reaction"),
                        RecordRow.concept(TYPE + ".reaction.manifestation"))
                .also(", severity ", source, row.getString("severity"), TYPE + ".reaction.severity")
                .day(", recorded ", source, row.getString("diagnosed_date"), TYPE + ".recordedDate");
        return Entry.of(
                source,
                RecordRow.instant(row, "diagnosed_date_low"),
                Arrays.asList(row.getString("allergen"), row.getString("type"), row.getString("reaction"), "allergy"),
                telling);
    }
}
