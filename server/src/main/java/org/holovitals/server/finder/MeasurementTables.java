package org.holovitals.server.finder;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code patient_results} and {@code patient_vital_signs}, as far as the running transaction sees them. */
final class MeasurementTables {
    private static final String TYPE = "Observation";
    private static final String SYSTOLIC = "8480-6";
    private static final String DIASTOLIC = "8462-4";
    private static final Pattern BOUND = Pattern.compile("(<=?|>=?)(.+)");
    private static final Pattern RANGE = Pattern.compile("(-?[0-9.]*?)\\.\\.(-?[0-9.]*)(?: .*)?");
    private static final Comparator<Entry> NEWEST_FIRST = Comparator.comparing(
                    Entry::when, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(entry -> entry.source().id());

    private final JdbcClient jdbc;

    MeasurementTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of both tables what has a code of these, the newest first. */
    List<Entry> withCodes(String patient, Collection<String> codes) {
        return Stream.concat(
                        jdbc
                                .sql(resultsSql("code = any (:codes) and"))
                                .param("patient", patient)
                                .param("codes", codes.toArray(String[]::new))
                                .query((row, number) -> result(row))
                                .list()
                                .stream(),
                        vitals(patient).stream().filter(entry -> codes.contains(entry.code())))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /** Laboratory results, the newest first. */
    List<Entry> laboratory(String patient) {
        return jdbc.sql(resultsSql("category = 'laboratory' and"))
                .param("patient", patient)
                .query((row, number) -> result(row))
                .list();
    }

    /** Results of which the laboratory says that they are not normal, or that are out of the range given with them. */
    List<Entry> outOfRange(String patient) {
        return jdbc.sql(resultsSql("""
                        (interpretation in ('H', 'HH', 'HU', 'H>', 'L', 'LL', 'LU', 'L<', 'A', 'AA', 'HX', 'LX', '>', '<', 'POS')
                          or (value is not null and (
                            value < substring(reference_range from '^(-?[0-9]+(?:\\.[0-9]+)?)\\.\\.')::numeric
                            or value > substring(reference_range from '\\.\\.(-?[0-9]+(?:\\.[0-9]+)?)(?: |$)')::numeric))) and
                        """))
                .param("patient", patient)
                .query((row, number) -> result(row))
                .list();
    }

    /** All results, the newest first; none that is cancelled or entered by mistake. */
    List<Entry> results(String patient) {
        return jdbc.sql(resultsSql(""))
                .param("patient", patient)
                .query((row, number) -> result(row))
                .list();
    }

    private static String resultsSql(String condition) {
        return """
                select fhir_id, fhir_version, name, code, effective, effective_low, value, value_text, value_type, unit,
                  value_code_display, reference_range, interpretation
                from holovitals.patient_results
                where (status is null or status not in ('cancelled', 'entered-in-error')) and
                """ + condition + RecordRow.OF_PATIENT + " order by effective_low desc nulls last, fhir_id";
    }

    /** All vital signs, the newest first; none that is cancelled or entered by mistake. */
    List<Entry> vitals(String patient) {
        return jdbc.sql("""
                        select fhir_id, fhir_version, coalesce(name, display) as name, code, date as effective,
                          date_low as effective_low, value, value_text, unit, blood_pressure_systolic, blood_pressure_diastolic
                        from holovitals.patient_vital_signs
                        where (status is null or status not in ('cancelled', 'entered-in-error')) and
                        """ + RecordRow.OF_PATIENT + " order by date_low desc nulls last, fhir_id")
                .param("patient", patient)
                .query((row, number) -> vital(row))
                .list();
    }

    private static Entry vital(ResultSet row) throws SQLException {
        Source source = RecordRow.source(row, TYPE);
        BigDecimal systolic = row.getBigDecimal("blood_pressure_systolic");
        BigDecimal diastolic = row.getBigDecimal("blood_pressure_diastolic");
        Telling telling = named(row, source);
        if (row.getString("value_text") == null && systolic != null && diastolic != null) {
            telling.value(": ", source, systolic.toPlainString(), component(SYSTOLIC))
                    .value("/", source, diastolic.toPlainString(), component(DIASTOLIC))
                    .words(" mmHg");
        } else {
            quantity(telling, source, row.getString("value_text"))
                    .also(" ", source, row.getString("unit"), TYPE + ".value.unit");
        }
        return entry(row, source, dated(telling, row, source));
    }

    private static String component(String code) {
        return TYPE + ".component.where(code.coding.code='" + code + "').value.value";
    }

    private static Entry result(ResultSet row) throws SQLException {
        Source source = RecordRow.source(row, TYPE);
        Telling telling = named(row, source);
        String text = row.getString("value_text");
        String type = String.valueOf(row.getString("value_type"));
        switch (type) {
            case "quantity" ->
                quantity(telling, source, text).also(" ", source, row.getString("unit"), TYPE + ".value.unit");
            case "codeable_concept" -> telling.value(": ", source, text, RecordRow.concept(TYPE + ".value"));
            case "string", "boolean", "integer", "time", "date_time" ->
                telling.value(": ", source, text, TYPE + ".value");
            default ->
                telling.words(text == null ? ": no value is recorded" : ": a value that is no single number or word");
        }
        telling.also(", flag ", source, row.getString("interpretation"), TYPE + ".interpretation.coding.code");
        range(telling, source, row.getString("reference_range"));
        return entry(row, source, dated(telling, row, source));
    }

    private static Telling named(ResultSet row, Source source) throws SQLException {
        return new Telling().value("", source, row.getString("name"), RecordRow.concept(TYPE + ".code"));
    }

    private static Telling quantity(Telling telling, Source source, @Nullable String text) {
        Matcher bound = BOUND.matcher(text == null ? "" : text);
        return bound.matches()
                ? telling.value(": ", source, bound.group(1), TYPE + ".value.comparator")
                        .value("", source, bound.group(2), TYPE + ".value.value")
                : telling.value(": ", source, text, TYPE + ".value.value");
    }

    private static void range(Telling telling, Source source, @Nullable String range) {
        Matcher sides = RANGE.matcher(range == null ? "" : range);
        if (!sides.matches()) {
            telling.also(", range given with it: ", source, range, TYPE + ".referenceRange[0].text");
            return;
        }
        telling.also(", range given with it: from ", source, sides.group(1), TYPE + ".referenceRange[0].low.value")
                .also(
                        sides.group(1).isEmpty() ? ", range given with it: up to " : " to ",
                        source,
                        sides.group(2),
                        TYPE + ".referenceRange[0].high.value");
    }

    private static Telling dated(Telling telling, ResultSet row, Source source) throws SQLException {
        return telling.day(", on ", source, row.getString("effective"), TYPE + ".effective", TYPE + ".effective.start");
    }

    private static Entry entry(ResultSet row, Source source, Telling telling) throws SQLException {
        return new Entry(
                source,
                RecordRow.instant(row, "effective_low"),
                Words.ofAll(Arrays.asList(row.getString("name"), row.getString("value_text"))),
                row.getString("code"),
                row.getBigDecimal("value"),
                telling);
    }
}
