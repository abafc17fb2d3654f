package org.holovitals.server.egress;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.holovitals.server.context.ContextOptimizer;
import org.holovitals.server.context.Optimized;
import org.holovitals.server.context.Passage;
import org.holovitals.server.finder.Citation;
import org.holovitals.server.finder.Evidence;
import org.holovitals.server.models.EgressMode;

/**
 * What a model is shown of a record: numbered lines, each with what it rests on.
 *
 * @param text lines in which {@code [3]} stands behind the third statement
 * @param evidence for each number, from 1, what says it
 */
public record Statements(String text, List<List<Evidence>> evidence) {

    /** Of what was found for a question, as a mode permits it. */
    public static Statements of(String question, List<Evidence> found, EgressMode mode) {
        List<Passage> passages = IntStream.range(0, found.size())
                .mapToObj(i -> new Passage(String.valueOf(i), heading(found.get(i)), said(found.get(i), mode), true))
                .toList();
        Optimized optimized = ContextOptimizer.optimize(question, passages);
        List<List<Evidence>> evidence = new ArrayList<>();
        optimized
                .sources()
                .forEach(sources -> evidence.add(sources.stream()
                        .map(source -> found.get(Integer.parseInt(source)))
                        .toList()));
        return new Statements(optimized.text(), List.copyOf(evidence));
    }

    private static String heading(Evidence evidence) {
        return evidence.sentence().citations().get(0).type();
    }

    private static String said(Evidence evidence, EgressMode mode) {
        if (mode.permitsText()) {
            return evidence.sentence().text();
        }
        return evidence.resources().stream()
                .map(resource -> Structured.of(resource.type(), resource.json()))
                .distinct()
                .reduce((one, other) -> one + "; " + other)
                .orElse("");
    }

    /** All that is shown, whether or not it is cited. */
    public List<Citation> citations() {
        return evidence.stream()
                .flatMap(List::stream)
                .flatMap(each -> each.sentence().citations().stream())
                .distinct()
                .toList();
    }
}
