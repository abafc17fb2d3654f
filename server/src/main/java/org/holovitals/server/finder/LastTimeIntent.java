package org.holovitals.server.finder;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** "When was my last …": whatever in the record has the name, the last of it. */
final class LastTimeIntent implements Intent {
    private static final Set<String> WORDS = Set.of(
            "when was",
            "when did",
            "when were",
            "when have",
            "last time",
            "what date",
            "how long ago",
            "when is",
            "my last");

    private static final Comparator<Entry> NEWEST_FIRST =
            Comparator.comparing(Entry::when, Comparator.nullsLast(Comparator.reverseOrder()));

    private final WholeRecord record;

    LastTimeIntent(WholeRecord record) {
        this.record = record;
    }

    @Override
    public Optional<Plan> plan(Words question) {
        return question.hasAny(WORDS)
                ? Optional.of(new Plan(
                        "last-time",
                        40,
                        Area.all().filter(area -> area != Area.PERSON).toList(),
                        Set.of("happen", "happened", "diagnosed"),
                        true,
                        record::of,
                        visible -> tell(question, visible),
                        "entry"))
                : Optional.empty();
    }

    private static List<Telling> tell(Words question, List<Entry> visible) {
        List<Entry> newestFirst = visible.stream().sorted(NEWEST_FIRST).toList();
        List<Entry> told = Times.isFirst(question) ? Times.oldest(newestFirst) : Times.newest(newestFirst);
        return told.stream().map(Entry::telling).toList();
    }
}
