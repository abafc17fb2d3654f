package org.holovitals.server.finder;

import java.util.List;
import java.util.stream.Stream;

/** All that is told of a record, for questions that no rule understands. */
final class WholeRecord {
    private static final List<String> ANY_MEDICATION = List.of(
            "active", "on-hold", "intended", "stopped", "completed", "cancelled", "not-taken", "unknown", "draft");
    private static final List<String> ANY_CONDITION =
            List.of("active", "recurrence", "relapse", "inactive", "remission", "resolved", "unknown");

    private final RecordTables tables;

    WholeRecord(RecordTables tables) {
        this.tables = tables;
    }

    List<Entry> of(String patient) {
        return Stream.of(
                        tables.diagnoses().of(patient, ANY_CONDITION),
                        tables.medications().of(patient, ANY_MEDICATION),
                        tables.allergies().of(patient),
                        tables.procedures().of(patient),
                        tables.immunizations().of(patient),
                        tables.family().of(patient),
                        tables.measurements().results(patient),
                        tables.measurements().vitals(patient),
                        tables.others().of(patient, OtherTable.types()))
                .flatMap(List::stream)
                .toList();
    }
}
