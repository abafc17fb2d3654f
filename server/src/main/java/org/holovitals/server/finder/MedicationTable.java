package org.holovitals.server.finder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code patient_medications}, as far as the running transaction sees it. */
final class MedicationTable {
    private final JdbcClient jdbc;

    MedicationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest first, with a status of these. */
    List<Entry> of(String patient, Collection<String> statuses) {
        return jdbc.sql("""
                        select m.resource_type, m.fhir_id, m.fhir_version, m.name, m.dosage, m.purpose, m.status,
                          m.start_date, m.start_date_low, m.medication_reference, d.res_ver as medication_version
                        from holovitals.patient_medications m
                        left join fhir.hfj_resource d on d.res_type = 'Medication' and d.res_deleted_at is null
                          and 'Medication/' || d.fhir_id = m.medication_reference
                        where coalesce(m.status, 'unknown') = any (:statuses) and
                        """ + RecordRow.OF_PATIENT + " order by m.start_date_low desc nulls last, m.fhir_id")
                .param("patient", patient)
                .param("statuses", statuses.toArray(String[]::new))
                .query((row, number) -> entry(row))
                .list();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        String type = row.getString("resource_type");
        Source source = RecordRow.source(row, type);
        boolean isStatement = type.equals("MedicationStatement");
        Telling telling = name(row, source)
                .value(" (", source, row.getString("status"), type + ".status")
                .words(")")
                .day(
                        isStatement ? ", from " : ", ordered ",
                        source,
                        row.getString("start_date"),
                        isStatement
                                ? new String[] {type + ".effective.start", type + ".effective"}
                                : new String[] {type + ".authoredOn"})
                .also(
                        ", dosage: ",
                        source,
                        row.getString("dosage"),
                        isStatement ? type + ".dosage.text" : type + ".dosageInstruction.text")
                .also(", for: ", source, row.getString("purpose"), RecordRow.concept(type + ".reasonCode"));
        return Entry.of(
                source,
                RecordRow.instant(row, "start_date_low"),
                Arrays.asList(row.getString("name"), row.getString("purpose"), "medication"),
                telling);
    }

    /** A name stands in the resource itself, in one that it contains, or in the Medication that it points to. */
    private static Telling name(ResultSet row, Source source) throws SQLException {
        @Nullable String reference = row.getString("medication_reference");
        String name = row.getString("name");
        String element = source.type() + ".medication";
        if (reference != null && row.getObject("medication_version") != null) {
            Source medication = new Source(
                    "Medication", reference.substring("Medication/".length()), row.getLong("medication_version"));
            return new Telling().value("", medication, name, RecordRow.concept("Medication.code"));
        } else if (reference != null) {
            String contained = source.type() + ".contained.code";
            return new Telling()
                    .value("", source, name, contained + ".text", contained + ".coding.display", element + ".display");
        }
        return new Telling().value("", source, name, RecordRow.concept(element));
    }
}
