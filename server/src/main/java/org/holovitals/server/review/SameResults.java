package org.holovitals.server.review;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.holovitals.server.database.RowAccess;
import org.holovitals.server.labs.Measurement;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code patient_results}: Observations that say the same already. */
final class SameResults {
    private final JdbcClient jdbc;
    private final RowAccess access;

    SameResults(JdbcClient jdbc, RowAccess access) {
        this.jdbc = jdbc;
        this.access = access;
    }

    /**
     * What is looked for.
     *
     * @param at by which the answer names it
     */
    record Wanted(int at, Measurement measurement, LocalDate date) {}

    /** Ids of those of a patient with the same value of the same thing on the same day, at whatever hour. */
    Map<Integer, List<String>> of(String patient, List<Wanted> wanted) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        List<Row> rows = wanted.stream()
                .flatMap(each -> each.measurement().codes().stream().map(code -> new Row(each, code)))
                .toList();
        Map<Integer, List<String>> found = new HashMap<>();
        access.withPatients(Set.of(patient), () -> jdbc.sql("""
                        select distinct w.at, r.fhir_id
                        from unnest(?::text[]::integer[], ?::text[], ?::text[], ?::text[]::numeric[], ?::text[])
                          as w (at, code, date, value, unit)
                        join holovitals.patient_results r on r.code_system = 'http://loinc.org' and r.code = w.code
                          and left(r.effective, 10) = w.date and r.value = w.value and r.unit_code = w.unit
                        where r.status <> 'entered-in-error'
                        order by w.at, r.fhir_id
                        """)
                .params(
                        column(rows, row -> String.valueOf(row.of().at())),
                        column(rows, Row::code),
                        column(rows, row -> row.of().date().toString()),
                        column(rows, row -> row.of().measurement().number().toPlainString()),
                        column(rows, row -> row.of().measurement().ucum()))
                .query((row, number) -> found.computeIfAbsent(row.getInt(1), at -> new ArrayList<>())
                        .add(row.getString(2)))
                .list());
        return found;
    }

    private record Row(Wanted of, String code) {}

    private static String[] column(List<Row> rows, Function<Row, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }
}
