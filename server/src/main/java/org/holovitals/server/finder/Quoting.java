package org.holovitals.server.finder;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.database.RowAccess;
import org.holovitals.server.finder.Area.Openness;
import org.holovitals.server.finder.DocumentQuotes.Quotes;
import org.holovitals.server.finder.Finding.Kind;

/** Answers by what documents say, each word of it read again. */
final class Quoting {
    private final DocumentQuotes quotes;
    private final CitationCheck citations;
    private final RecordReach reach;
    private final RowAccess rows;

    Quoting(DocumentQuotes quotes, CitationCheck citations, RecordReach reach, RowAccess rows) {
        this.quotes = quotes;
        this.citations = citations;
        this.reach = reach;
        this.rows = rows;
    }

    /** Empty where documents say nothing, or the caller sees none. */
    Optional<Finding> of(Question question, RecordView view, Instant asOf) {
        if (Area.DOCUMENTS.openness(reach, view) == Openness.CLOSED) {
            return Optional.empty();
        }
        Quotes found = quotes.of(view, question);
        return found.entries().isEmpty()
                ? Optional.empty()
                : rows.withPatients(Set.of(view.patient()), () -> quoted(found, view, asOf));
    }

    private Optional<Finding> quoted(Quotes found, RecordView view, Instant asOf) {
        Readings readings = citations.read(
                view, found.entries().stream().map(Entry::source).distinct().toList());
        List<Sentence> sentences = found.entries().stream()
                .filter(entry -> readings.has(entry.source()))
                .map(entry -> CitationCheck.sentence(entry.telling(), readings))
                .toList();
        return sentences.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(Kind.FOUND, "quotes", sentences, null, found.coverage(), asOf, List.of()));
    }
}
