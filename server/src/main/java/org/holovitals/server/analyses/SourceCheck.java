package org.holovitals.server.analyses;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.analyses.AnalysisResult.Statement;
import org.holovitals.server.analyses.TaskEnd.Cited;
import org.holovitals.server.analyses.TaskEnd.Line;
import org.holovitals.server.analyses.TaskEnd.Report;
import org.jspecify.annotations.Nullable;

/**
 * Holds statements against what their sources say when they are read again. A model may have cited what does not say it: a
 * number that stands in none of its sources makes a statement one that nobody should take for a fact.
 */
final class SourceCheck {
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");
    private static final String HISTORY = "/_history/";

    private SourceCheck() {}

    /** The result as far as it holds; {@code current} is what the caller may read now. */
    static Report report(AnalysisResult result, List<RecordText> current) {
        Map<String, String> texts = current.stream()
                .collect(Collectors.groupingBy(
                        RecordText::source, Collectors.mapping(SourceCheck::words, Collectors.joining("; "))));
        return new Report(
                result.label(),
                result.statements().stream()
                        .map(statement -> line(statement, texts))
                        .toList());
    }

    private static String words(RecordText text) {
        return text.heading() + ": " + text.text();
    }

    private static Line line(Statement statement, Map<String, String> texts) {
        List<Cited> cited = statement.sources().stream()
                .map(source -> cited(source, texts.get(source)))
                .toList();
        Set<String> said = cited.stream().flatMap(each -> numbers(each.value())).collect(Collectors.toSet());
        Set<String> unsaid = numbers(statement.text()).collect(Collectors.toCollection(HashSet::new));
        unsaid.removeAll(said);
        return new Line(
                statement.text(),
                statement.verified() && unsaid.isEmpty() && cited.stream().allMatch(Cited::isVerified),
                cited);
    }

    private static Stream<String> numbers(String text) {
        return NUMBER.matcher(text).results().map(MatchResult::group);
    }

    private static Cited cited(String source, @Nullable String text) {
        int slash = source.indexOf('/');
        int history = source.indexOf(HISTORY);
        return new Cited(
                source.substring(0, slash),
                source.substring(slash + 1, history),
                Long.parseLong(RecordText.withoutPage(source).substring(history + HISTORY.length())),
                text == null ? "" : text,
                text != null);
    }
}
