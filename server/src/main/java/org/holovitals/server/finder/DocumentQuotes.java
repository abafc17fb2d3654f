package org.holovitals.server.finder;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.finder.Terms.Term;
import org.holovitals.server.passages.PassageSearch;
import org.holovitals.server.passages.PassageSearch.Hit;
import org.holovitals.server.vault.ShreddedException;
import org.jspecify.annotations.Nullable;

/** What documents say about a question, word for word: of those only that the caller may read. */
final class DocumentQuotes {
    /** The least nearness in meaning of a passage that answers; measured by {@code RetrievalTest}. */
    static final double NEAR = 0.65;

    /** The same of one that has the question's own words. */
    static final double NEAR_WITH_WORDS = 0.55;

    private static final double ENOUGH = 0.6;
    private static final double BY_MEANING = 0.5;
    private static final double SPREAD = 0.03;
    private static final int LOOKED_AT = 10;
    private static final int MOST = 3;
    private static final String TYPE = "DocumentReference";

    /** What a document is called. */
    private static final Set<String> DOCUMENTS = Set.of(
            "document",
            "report",
            "note",
            "letter",
            "file",
            "discharge summary",
            "summary",
            "paper",
            "directive",
            "scan");

    /** Words that ask for what somebody said. */
    private static final Set<String> SAYING = Set.of(
            "say",
            "says",
            "said",
            "saying",
            "mention",
            "mentioned",
            "according",
            "write",
            "written",
            "wrote",
            "recommend",
            "recommended",
            "advise",
            "advised",
            "describe",
            "described",
            "conclude",
            "conclusion",
            "suggest",
            "suggested");

    private static final Set<String> UNDERSTOOD =
            Stream.concat(DOCUMENTS.stream(), SAYING.stream()).collect(Collectors.toUnmodifiableSet());

    private final PassageSearch search;
    private final StoredSources stored;
    private final Terms terms;

    DocumentQuotes(PassageSearch search, StoredSources stored, Terms terms) {
        this.search = search;
        this.stored = stored;
        this.terms = terms;
    }

    /**
     * Passages that answer.
     *
     * @param coverage which share of the question's own words stands in them; half where only the meaning is near
     */
    record Quotes(List<Entry> entries, double coverage) {}

    /** Whether a question asks for what a document says. */
    static boolean isAskedFor(Words question) {
        return question.hasAny(DOCUMENTS) && question.hasAny(SAYING);
    }

    /** None where nothing is near enough. Not in a transaction. */
    Quotes of(RecordView view, Question question) {
        List<Term> wanted = terms.in(question.words(), UNDERSTOOD);
        List<Quote> quotes = best(quotes(view, question, wanted));
        Map<String, Source> sources =
                stored.current(TYPE, quotes.stream().map(Quote::id).collect(Collectors.toSet())).stream()
                        .collect(Collectors.toMap(Source::id, Function.identity()));
        return new Quotes(
                quotes.stream()
                        .flatMap(quote ->
                                Stream.ofNullable(sources.get(quote.id())).map(quote::entry))
                        .toList(),
                quotes.stream().mapToDouble(Quote::coverage).max().stream()
                        .map(coverage -> Math.max(coverage, BY_MEANING))
                        .sum());
    }

    private List<Quote> quotes(RecordView view, Question question, List<Term> wanted) {
        try {
            return search.search(view.caller(), view.patient(), question.text(), LOOKED_AT).stream()
                    .map(hit -> Quote.of(hit, wanted))
                    .filter(Quote::answers)
                    .toList();
        } catch (ShreddedException e) {
            return List.of();
        }
    }

    /** The nearest, and others that are nearly as near; those that say the same once. */
    private static List<Quote> best(List<Quote> quotes) {
        List<Quote> nearest = quotes.stream()
                .sorted(Comparator.comparingDouble(Quote::worth).reversed())
                .toList();
        List<Quote> best = new ArrayList<>();
        for (Quote quote : nearest) {
            if (best.size() < MOST
                    && quote.worth() >= nearest.get(0).worth() - SPREAD
                    && best.stream().noneMatch(quote::overlaps)) {
                best.add(quote);
            }
        }
        return best;
    }

    /**
     * A passage and how well it answers.
     *
     * @param nearness in meaning; null where there are no vectors
     */
    private record Quote(Hit hit, @Nullable Double nearness, double coverage) {

        static Quote of(Hit hit, List<Term> wanted) {
            Words words = Words.of(hit.name() + " " + hit.text());
            double found = wanted.stream().filter(term -> term.isIn(words)).count();
            return new Quote(hit, hit.meaning(), wanted.isEmpty() ? 0 : found / wanted.size());
        }

        String id() {
            return hit.reference();
        }

        boolean answers() {
            double near = nearness == null ? NEAR_WITH_WORDS : nearness;
            return near >= NEAR || (near >= NEAR_WITH_WORDS && coverage >= ENOUGH);
        }

        double worth() {
            return nearness == null ? coverage : nearness + coverage / 10;
        }

        /** Passages have their ends in common. */
        boolean overlaps(Quote other) {
            return hit.document().equals(other.hit.document())
                    && hit.page() == other.hit.page()
                    && hit.text().lines().anyMatch(line -> other.hit.text().contains(line));
        }

        Entry entry(Source source) {
            String quote = PageQuotes.plain(hit.text());
            Telling telling = Telling.of("In the document")
                    .also(" ", source, hit.name(), TYPE + ".content.attachment.title")
                    .words(", page " + hit.page() + ": ")
                    .value("\u201c", source, quote, PageQuotes.path(hit.page()))
                    .words("\u201d");
            return Entry.of(source, null, List.of(quote), telling);
        }
    }
}
