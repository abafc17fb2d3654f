package org.holovitals.server.analyses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.holovitals.server.ServerTest;
import org.holovitals.server.access.Call;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Explanations;
import org.holovitals.server.context.ContextOptimizer;
import org.holovitals.server.context.Optimized;
import org.holovitals.server.finder.Finder;
import org.holovitals.server.finder.Sample;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** What a model is given of the sample's records: much shorter, and every fact that the set of questions expects is in it. */
final class ReductionTest extends ServerTest {
    private static final Logger LOG = LoggerFactory.getLogger(ReductionTest.class);
    private static final int ORDERS = 3;
    private static final Pattern NUMBER = Pattern.compile("\\[(\\d+)]");

    private final RecordTexts texts;
    private final Explanations explanations;

    @Autowired
    ReductionTest(RecordTexts texts, Explanations explanations) {
        this.texts = texts;
        this.explanations = explanations;
    }

    /** What was counted. */
    private static final class Count {
        long before;
        long after;
        int facts;
        int elsewhere;
        final List<String> lost = new ArrayList<>();
    }

    @Test
    void theSamplesRecordsBecomeShorterByTwoFifthsAndNoExpectedFactIsLost() throws IOException {
        Count count = new Count();
        for (String name : List.of("rafael", "imelda")) {
            Sample sample = Sample.shared(client(), name);
            List<RecordText> record = record(sample.patient());
            List<JsonNode> questions = questions(name);
            // The question decides on the order alone, so a few of them are asked, and the facts of all are looked for.
            for (JsonNode question : questions.subList(0, ORDERS)) {
                count(question.path("question").asText(), questions, new Known(sample, record), count);
            }
        }
        LOG.info(
                "{} tokens became {}: {} % less; {} of {} facts are in the record's texts, and none of these was lost",
                count.before,
                count.after,
                100 * (count.before - count.after) / count.before,
                count.facts - count.elsewhere,
                count.facts);
        assertThat(count.lost).isEmpty();
        assertThat((count.before - count.after) * 100).isGreaterThan(count.before * 40);
        // The others are told by the finder from the resource itself.
        assertThat(count.elsewhere).isLessThan(count.facts / 5);
    }

    private static List<JsonNode> questions(String patient) throws IOException {
        List<JsonNode> questions = new ArrayList<>();
        try (InputStream file = Objects.requireNonNull(Finder.class.getResourceAsStream("questions.json"))) {
            new JsonMapper().readTree(file).forEach(questions::add);
        }
        return questions.stream()
                .filter(question -> question.path("patient").asText().equals(patient))
                .toList();
    }

    /** A record as it is stored and as it is read. */
    private record Known(Sample sample, List<RecordText> texts) {}

    private List<RecordText> record(String patient) {
        Caller caller = new Caller(
                "reduction-" + patient,
                "test-client",
                "session",
                null,
                patient,
                "Patient/" + patient,
                Set.of("patient"),
                explanations.scopes("patient/*.rs"),
                false,
                Call.from(null));
        return texts.read(caller, patient);
    }

    private static void count(String asked, List<JsonNode> questions, Known known, Count count) {
        Optimized optimized = ContextOptimizer.optimize(
                asked, known.texts().stream().map(RecordText::passage).toList());
        count.before += optimized.tokensBefore();
        count.after += optimized.tokensAfter();
        Map<String, List<RecordText>> before =
                known.texts().stream().collect(Collectors.groupingBy(text -> name(known.sample(), text)));
        Map<Integer, String> after = said(optimized.text());
        for (JsonNode fact :
                questions.stream().flatMap(question -> facts(question).stream()).toList()) {
            count.facts++;
            String value = fact.path("value").asText().replaceFirst("T.*", "");
            List<RecordText> saying = before.getOrDefault(fact.path("resource").asText(), List.of()).stream()
                    .filter(text -> (text.heading() + ": " + text.text()).contains(value))
                    .toList();
            if (saying.isEmpty()) {
                count.elsewhere++;
            } else if (saying.stream().noneMatch(text -> says(optimized, after, text.source(), value))) {
                count.lost.add(asked + ": " + fact);
            }
        }
    }

    private static List<JsonNode> facts(JsonNode question) {
        List<JsonNode> facts = new ArrayList<>();
        question.path("facts").forEach(facts::add);
        return facts;
    }

    private static String name(Sample sample, RecordText text) {
        return sample.name(text.resource().type() + "/" + text.resource().id());
    }

    /** What stands under each number, with its heading. */
    private static Map<Integer, String> said(String text) {
        Map<Integer, String> said = new HashMap<>();
        text.lines().forEach(line -> {
            String heading = line.substring(0, line.indexOf(": ") + 2);
            int from = heading.length();
            for (MatchResult number : NUMBER.matcher(line).results().toList()) {
                said.put(Integer.valueOf(number.group(1)), heading + line.substring(from, number.start()));
                from = number.end();
            }
        });
        return said;
    }

    private static boolean says(Optimized optimized, Map<Integer, String> said, String source, String value) {
        for (int i = 0; i < optimized.sources().size(); i++) {
            if (optimized.sources().get(i).contains(source)
                    && said.getOrDefault(i + 1, "").contains(value)) {
                return true;
            }
        }
        return false;
    }
}
