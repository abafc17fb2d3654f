package org.holovitals.server.finder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code patient_resources}, as far as the running transaction sees it: types that say what they are by a code. */
final class OtherTable {
    /** What a type is called for people, the elements of its name and of its date. */
    private record Shape(String words, List<String> names, List<String> dates) {}

    private static final Map<String, Shape> SHAPES = Map.of(
            "Encounter", new Shape("Visit", List.of("type"), List.of("period.start")),
            "DocumentReference", new Shape("Document", List.of("type"), List.of("date")),
            "DiagnosticReport", new Shape("Report", List.of("code"), List.of("effective", "effective.start", "issued")),
            "ImagingStudy", new Shape("Imaging study", List.of("procedureCode", "series.bodySite"), List.of("started")),
            "CarePlan", new Shape("Care plan", List.of("category"), List.of("period.start")),
            "Goal", new Shape("Goal", List.of("description"), List.of("start", "statusDate")),
            "MedicationAdministration",
                    new Shape("Given", List.of("medication"), List.of("effective", "effective.start")),
            "Device", new Shape("Device", List.of("type"), List.of("manufactureDate")));

    private final JdbcClient jdbc;

    OtherTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All types that are told. */
    static Collection<String> types() {
        return SHAPES.keySet();
    }

    /** Those of some types that have a name, the newest first. */
    List<Entry> of(String patient, Collection<String> types) {
        return jdbc.sql("""
                        select resource_type, fhir_id, fhir_version, coalesce(type_code_display, display) as name,
                          concat_ws(' ', type_code_display, display) as searched, status, date, date_low
                        from holovitals.patient_resources
                        where resource_type = any (:types) and coalesce(type_code_display, display) is not null
                          and (status is null or status <> 'entered-in-error') and
                        """ + RecordRow.OF_PATIENT + " order by date_low desc nulls last, fhir_id")
                .param("patient", patient)
                .param("types", types.toArray(String[]::new))
                .query((row, number) -> entry(row))
                .list();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        String type = row.getString("resource_type");
        Source source = RecordRow.source(row, type);
        Shape shape = SHAPES.getOrDefault(type, new Shape(type, List.of("code"), List.of("date")));
        @Nullable String period = row.getString("date");
        @Nullable String date = period == null || period.startsWith("..") ? null : period.replaceFirst("/.*", "");
        Telling telling = Telling.of(shape.words())
                .value(
                        ": ",
                        source,
                        row.getString("name"),
                        shape.names().stream()
                                .flatMap(name -> Arrays.stream(RecordRow.concept(type + "." + name)))
                                .toArray(String[]::new))
                .day(
                        ", on ",
                        source,
                        date,
                        shape.dates().stream().map(name -> type + "." + name).toArray(String[]::new));
        return Entry.of(
                source,
                RecordRow.instant(row, "date_low"),
                Arrays.asList(row.getString("searched"), shape.words()),
                telling);
    }
}
