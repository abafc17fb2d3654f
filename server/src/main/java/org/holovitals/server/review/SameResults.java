package org.holovitals.server.review;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.holovitals.server.database.RowAccess;
import org.holovitals.server.labs.Measurement;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code patient_results}: Observations that say the same already. */
final class SameResults {
    private final JdbcClient jdbc;
    private final RowAccess rows;

    SameResults(JdbcClient jdbc, RowAccess rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** Ids of those of a patient with the same value of the same thing on the same day, at whatever hour. */
    List<String> of(String patient, Measurement measurement, LocalDate date) {
        return rows.withPatients(Set.of(patient), () -> jdbc.sql("""
                        select fhir_id from holovitals.patient_results
                        where code_system = 'http://loinc.org' and code = any (:codes) and left(effective, 10) = :date
                          and value = :value and unit_code = :unit and status <> 'entered-in-error'
                        order by fhir_id
                        """)
                .param("codes", measurement.codes().toArray(String[]::new))
                .param("date", date.toString())
                .param("value", measurement.number())
                .param("unit", measurement.ucum())
                .query(String.class)
                .list());
    }
}
