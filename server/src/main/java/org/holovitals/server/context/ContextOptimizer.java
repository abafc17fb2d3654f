package org.holovitals.server.context;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Shortens what a model reads without losing what it says: what is said twice is said once with both sources, headings stand
 * once for all their passages, sources are numbers, and boilerplate goes. What has to do with the question comes first.
 */
public final class ContextOptimizer {
    /** Passages on one line at the most: a line is never split, and has to fit a window. */
    private static final int MOST_ON_A_LINE = 30;

    private static final Pattern CITATION = Pattern.compile("\\[(\\d+)]");

    private ContextOptimizer() {}

    /** A text with all who say it. */
    private record Said(String heading, String text, List<String> sources) {}

    /** One line of the result. */
    private record Line(String heading, List<Said> said) {
        String words() {
            return said.stream().map(Said::text).collect(Collectors.joining("; ", heading + ": ", ""));
        }
    }

    /** For a question; the same passages give the same text. */
    public static Optimized optimize(String question, List<Passage> passages) {
        Map<String, Said> said = new LinkedHashMap<>();
        int duplicates = 0;
        int boilerplate = 0;
        for (Passage passage : passages) {
            // A passage stands on one line: what is behind its end would have no source.
            String text = uncited(Boilerplate.removed(passage.text())).replace("\n", "; ");
            if (text.isEmpty() && !passage.isCited()) {
                boilerplate++;
                continue;
            }
            Said known = said.computeIfAbsent(
                    key(passage.heading(), text), key -> new Said(uncited(passage.heading()), text, new ArrayList<>()));
            duplicates += known.sources().isEmpty() ? 0 : 1;
            if (!known.sources().contains(passage.source())) {
                known.sources().add(passage.source());
            }
        }
        return written(passages, ordered(question, lines(said.values())), duplicates, boilerplate);
    }

    /** What looks like a citation in a record is none. */
    private static String uncited(String text) {
        return CITATION.matcher(text).replaceAll("($1)");
    }

    private static String key(String heading, String text) {
        return (heading + "\n" + text).toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    }

    /** Headings in the order in which they come first; under each the passages in their order. */
    private static List<Line> lines(Iterable<Said> said) {
        Map<String, List<Said>> byHeading = new LinkedHashMap<>();
        said.forEach(each -> byHeading
                .computeIfAbsent(each.heading(), heading -> new ArrayList<>())
                .add(each));
        List<Line> lines = new ArrayList<>();
        byHeading.forEach((heading, all) -> {
            for (int from = 0; from < all.size(); from += MOST_ON_A_LINE) {
                lines.add(new Line(heading, all.subList(from, Math.min(all.size(), from + MOST_ON_A_LINE))));
            }
        });
        return lines;
    }

    /** Sorting is stable, so what is equally relevant stays in its order. */
    private static List<Line> ordered(String question, List<Line> lines) {
        Relevance relevance =
                Relevance.of(question, lines.stream().map(Line::words).toList());
        return lines.stream()
                .map(line -> new Scored(line, relevance.score(line.words())))
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .map(Scored::line)
                .toList();
    }

    private record Scored(Line line, double score) {}

    private static Optimized written(List<Passage> passages, List<Line> lines, int duplicates, int boilerplate) {
        List<List<String>> sources = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(line.heading()).append(": ");
            for (int i = 0; i < line.said().size(); i++) {
                Said each = line.said().get(i);
                sources.add(List.copyOf(each.sources()));
                text.append(i == 0 ? "" : "; ").append(each.text());
                text.append(" [").append(sources.size()).append(']');
            }
            text.append('\n');
        }
        String original = passages.stream().map(Passage::plain).collect(Collectors.joining("\n"));
        return new Optimized(
                original,
                text.toString(),
                List.copyOf(sources),
                Tokens.count(original),
                Tokens.count(text.toString()),
                duplicates,
                boilerplate);
    }
}
