package org.holovitals.server.analyses;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.holovitals.server.context.Relevance;
import org.holovitals.server.context.Tokens;

/** The analyst without a network: quotes the lines of the record that have to do with the question, each with its sources. */
final class Extracts implements Analyst {
    /** As the price list has it. */
    static final String PROVIDER = "local";

    static final String MODEL = "extracts";

    private static final Pattern CITATION = Pattern.compile(" \\[(\\d{1,9})]");
    private static final double FRACTION_OF_BEST = 0.4;
    private static final int MOST = 100;

    @Override
    public boolean answersWith(String provider, String model) {
        return provider.equals(PROVIDER);
    }

    private record Scored(String line, double score) {}

    @Override
    public Extract answer(Asked asked) {
        List<String> lines = asked.content().lines().toList();
        Relevance relevance = Relevance.of(asked.question(), lines);
        List<Scored> scored = asked.isOutline()
                ? List.of()
                : lines.stream()
                        .map(line -> new Scored(line, relevance.score(line)))
                        .filter(line -> line.score() > 0)
                        .toList();
        double best = scored.stream().mapToDouble(Scored::score).max().orElse(0);
        List<Finding> findings = scored.stream()
                .filter(line -> line.score() >= best * FRACTION_OF_BEST)
                .limit(MOST)
                .map(line -> finding(line.line()))
                .filter(finding -> !finding.citations().isEmpty())
                .toList();
        return new Extract(
                findings,
                Tokens.count(asked.question()) + Tokens.count(asked.content()),
                findings.stream()
                        .mapToLong(finding -> Tokens.count(finding.text()))
                        .sum());
    }

    private static Finding finding(String line) {
        List<Integer> citations = new ArrayList<>();
        Matcher matcher = CITATION.matcher(line);
        while (matcher.find()) {
            citations.add(Integer.valueOf(matcher.group(1)));
        }
        return new Finding(CITATION.matcher(line).replaceAll("").strip(), List.copyOf(citations), true);
    }

    /** The findings once, those that have most to do with the question first; of the finder's the first hundred. */
    static List<Finding> merged(String question, Stream<Extract> extracts) {
        List<Finding> all = extracts.flatMap(extract -> extract.findings().stream())
                .distinct()
                .toList();
        Relevance relevance =
                Relevance.of(question, all.stream().map(Finding::text).toList());
        return all.stream()
                .sorted(Comparator.comparingDouble((Finding finding) -> -relevance.score(finding.text())))
                .limit(MOST)
                .toList();
    }
}
