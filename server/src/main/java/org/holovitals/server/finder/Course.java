package org.holovitals.server.finder;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which values of a series a question asks for.
 *
 * @param count how many of the newest, where a number is asked for
 */
record Course(Kind kind, int count) {
    private static final Set<String> HIGHEST = Set.of(
            "highest",
            "maximum",
            "max",
            "peak",
            "greatest",
            "largest",
            "ever above",
            "ever over",
            "ever higher",
            "ever more",
            "ever exceed",
            "ever exceeded");
    private static final Set<String> LOWEST =
            Set.of("lowest", "minimum", "min", "smallest", "ever below", "ever under", "ever lower", "ever less");
    private static final Set<String> SERIES = Set.of(
            "trend",
            "over time",
            "over the years",
            "change",
            "changed",
            "changing",
            "changes",
            "history",
            "graph",
            "course",
            "develop",
            "developed",
            "values",
            "all",
            "rise",
            "risen",
            "rising",
            "fall",
            "fallen",
            "falling",
            "progress",
            "progression",
            "evolution",
            "evolved",
            "compare",
            "previous",
            "past",
            "past values",
            "since",
            "between",
            "every",
            "going up",
            "going down",
            "gone up",
            "gone down",
            "gained",
            "lost",
            "increase",
            "increased",
            "decrease",
            "decreased");
    private static final Pattern COUNT =
            Pattern.compile(" (?:last|latest|past|recent) (\\d{1,2}|two|three|four|five|six|ten|few) ");
    private static final List<String> NUMBERS =
            List.of("", "", "two", "three", "four", "five", "six", "", "", "", "ten");
    private static final int FEW = 3;
    private static final int ALL = 40;

    /** What is asked for. */
    enum Kind {
        LATEST,
        FIRST,
        HIGHEST,
        LOWEST,
        SERIES
    }

    static Course of(Words question) {
        Matcher count = COUNT.matcher(question.plain());
        if (question.hasAny(HIGHEST)) {
            return new Course(Kind.HIGHEST, 1);
        } else if (question.hasAny(LOWEST)) {
            return new Course(Kind.LOWEST, 1);
        } else if (Times.isFirst(question)) {
            return new Course(Kind.FIRST, 1);
        } else if (count.find()) {
            return new Course(Kind.SERIES, number(count.group(1)));
        }
        boolean isSeries = question.hasAny(SERIES)
                || question.plain().contains(" values ")
                || (Years.of(question).isPresent() && !Times.isLast(question));
        return isSeries ? new Course(Kind.SERIES, ALL) : new Course(Kind.LATEST, 1);
    }

    private static int number(String word) {
        return NUMBERS.contains(word)
                ? NUMBERS.indexOf(word)
                : word.equals("few") ? FEW : Math.max(1, Integer.parseInt(word));
    }

    /** The sentences about a series that has the newest first. */
    List<Telling> tell(String name, List<Entry> values) {
        return switch (kind) {
            case LATEST -> tellings(Times.newest(values));
            case FIRST -> tellings(Times.oldest(values));
            case HIGHEST ->
                numbers(values)
                        .max(BY_NUMBER)
                        .map(entry -> List.of(entry.telling()))
                        .orElse(List.of());
            case LOWEST ->
                numbers(values)
                        .min(BY_NUMBER)
                        .map(entry -> List.of(entry.telling()))
                        .orElse(List.of());
            case SERIES -> series(name, values.stream().limit(count).toList());
        };
    }

    private static final Comparator<Entry> BY_NUMBER =
            Comparator.comparing(Entry::number, Comparator.nullsFirst(Comparator.<BigDecimal>naturalOrder()));

    private static Stream<Entry> numbers(List<Entry> values) {
        return values.stream().filter(entry -> entry.number() != null);
    }

    private static List<Telling> tellings(List<Entry> entries) {
        return entries.stream().map(Entry::telling).toList();
    }

    private static List<Telling> series(String name, List<Entry> values) {
        List<Telling> tellings = new ArrayList<>();
        List<Entry> numbers = numbers(values).toList();
        Set<String> codes =
                values.stream().map(entry -> String.valueOf(entry.code())).collect(Collectors.toSet());
        // Of different codes the units may differ, so nothing is said of them together.
        if (numbers.size() > 1 && numbers.size() == values.size() && codes.size() == 1) {
            tellings.add(summary(name, numbers));
        }
        tellings.addAll(tellings(values));
        return tellings;
    }

    private static Telling summary(String name, List<Entry> values) {
        BigDecimal first = number(values.get(values.size() - 1));
        BigDecimal last = number(values.get(0));
        BigDecimal lowest = values.stream()
                .map(Course::number)
                .min(Comparator.naturalOrder())
                .orElse(last);
        BigDecimal highest = values.stream()
                .map(Course::number)
                .max(Comparator.naturalOrder())
                .orElse(last);
        int direction = last.compareTo(first);
        String course = direction == 0 ? "the same as" : direction > 0 ? "higher than" : "lower than";
        return Telling.of("%s: %d values; the last, %s, is %s the first, %s; the lowest is %s, the highest %s"
                        .formatted(
                                name,
                                values.size(),
                                last.toPlainString(),
                                course,
                                first.toPlainString(),
                                lowest.toPlainString(),
                                highest.toPlainString()))
                .resting(values.stream().map(Entry::telling));
    }

    private static BigDecimal number(Entry entry) {
        return entry.number() == null ? BigDecimal.ZERO : entry.number();
    }
}
