package org.holovitals.server.finder;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Words that ask for the last or the first. */
final class Times {
    private static final Set<String> LAST =
            Set.of("last", "latest", "most recent", "newest", "recent", "recently", "most recently", "lately");
    private static final Set<String> FIRST = Set.of("first", "earliest", "oldest");
    private static final Set<String> SPANS = Set.of(
            "last year",
            "last years",
            "last month",
            "last months",
            "last week",
            "last 2",
            "last 3",
            "last 4",
            "last 5",
            "last 10",
            "last two",
            "last three",
            "last four",
            "last five",
            "last ten",
            "last few");

    private Times() {}

    static boolean isLast(Words question) {
        return question.hasAny(LAST) && !question.hasAny(SPANS);
    }

    static boolean isFirst(Words question) {
        return question.hasAny(FIRST);
    }

    /** The first of rows that are the newest first, and those of the same moment. */
    static List<Entry> newest(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> Objects.equals(entry.when(), entries.get(0).when()))
                .toList();
    }

    /** The last of them. */
    static List<Entry> oldest(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> Objects.equals(
                        entry.when(), entries.get(entries.size() - 1).when()))
                .toList();
    }
}
