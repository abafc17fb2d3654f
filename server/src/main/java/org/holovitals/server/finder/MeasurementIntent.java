package org.holovitals.server.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.holovitals.server.finder.Analytes.Analyte;

/** The last value of something measured, or how it went over the years. */
final class MeasurementIntent implements Intent {
    private final RecordTables tables;
    private final Analytes analytes;

    MeasurementIntent(RecordTables tables, Analytes analytes) {
        this.tables = tables;
        this.analytes = analytes;
    }

    @Override
    public Optional<Plan> plan(Words question) {
        List<Analyte> named = analytes.in(question);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Set<String> codes =
                named.stream().flatMap(analyte -> analyte.codes().stream()).collect(Collectors.toSet());
        return Optional.of(new Plan(
                "measurements",
                80,
                named.stream().map(analyte -> analyte.kind().area()).distinct().toList(),
                Set.of(),
                false,
                patient -> tables.measurements().withCodes(patient, codes),
                visible -> tell(question, named, visible),
                named.stream().map(Analyte::name).collect(Collectors.joining(" or ")) + " value"));
    }

    private static List<Telling> tell(Words question, List<Analyte> named, List<Entry> visible) {
        List<Telling> tellings = new ArrayList<>();
        Course course = Course.of(question);
        for (Analyte analyte : named) {
            List<Entry> values = visible.stream()
                    .filter(entry -> analyte.codes().contains(entry.code()))
                    .toList();
            if (!values.isEmpty()) {
                tellings.addAll(course.tell(analyte.name(), values));
            }
        }
        return tellings;
    }
}
