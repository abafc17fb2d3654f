package org.holovitals.server.finder;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Notes, reports and files. */
final class DocumentIntent implements Intent {
    private static final Set<String> WORDS =
            Set.of("document", "report", "note", "letter", "file", "discharge summary", "clinical note", "paper");

    private final RecordTables tables;

    DocumentIntent(RecordTables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Plan> plan(Words question) {
        return question.hasAny(WORDS)
                ? Optional.of(new Plan(
                        "documents",
                        58,
                        List.of(Area.DOCUMENTS),
                        WORDS,
                        true,
                        patient -> tables.others().of(patient, List.of("DocumentReference", "DiagnosticReport")),
                        visible -> Plan.tellAll(question, visible),
                        "document"))
                : Optional.empty();
    }
}
