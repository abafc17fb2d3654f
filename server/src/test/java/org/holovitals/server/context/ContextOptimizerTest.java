package org.holovitals.server.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class ContextOptimizerTest {
    private static final Logger LOG = LoggerFactory.getLogger(ContextOptimizerTest.class);
    private static final List<String> QUESTIONS =
            List.of("How did my body weight change?", "Which medications do I take?", "What was my last glucose?");

    @Provide
    Arbitrary<List<Passage>> passages() {
        Arbitrary<String> text = Arbitraries.of(
                "2020-01-02 75.2 kg",
                "2021-03-04 76 kg",
                "active",
                "Page 3 of 7",
                "",
                "-----",
                "Electronically signed by X");
        return Combinators.combine(
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.of("Body weight", "Asthma", "Aspirin 81 mg"),
                        text,
                        Arbitraries.of(true, false))
                .as((id, heading, says, isCited) -> new Passage("Observation/" + id, heading, says, isCited))
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 300)
    void whatIsSaidAndWhoSaysItStaysAndTheSameInputGivesTheSame(@ForAll("passages") List<Passage> passages) {
        Optimized optimized = ContextOptimizer.optimize("How did the weight change?", passages);
        List<String> sources =
                optimized.sources().stream().flatMap(List::stream).toList();
        for (Passage passage : passages) {
            String text = Boilerplate.removed(passage.text());
            if (!text.isEmpty() || passage.isCited()) {
                assertThat(sources).contains(passage.source());
                assertThat(optimized.text()).contains(passage.heading()).contains(text);
            }
        }
        assertThat(optimized.tokensAfter()).isEqualTo(Tokens.count(optimized.text()));
        assertThat(optimized).isEqualTo(ContextOptimizer.optimize("How did the weight change?", passages));
    }

    @Example
    void duplicatesAreSaidOnceWithBothSourcesAndTheQuestionsSubjectComesFirst() {
        Optimized optimized = ContextOptimizer.optimize(
                "weights since 2020",
                List.of(
                        new Passage("Condition/1", "Asthma", "active since 2001, see [7]", false),
                        new Passage("Observation/1", "Body weight", "2020-01-02  75.2 kg", false),
                        new Passage("Observation/2", "Body Weight", "2020-01-02 75.2 KG", false),
                        new Passage("Observation/3", "Body weight", "2021-01-02 76 kg", false),
                        new Passage("DocumentReference/1", "Letter", "Page 1 of 2", false),
                        new Passage("DocumentReference/2", "Letter", "Page 2 of 2", true)));
        assertThat(optimized.text()).isEqualTo("""
                        Body weight: 2020-01-02  75.2 kg [1]; 2021-01-02 76 kg [2]
                        Asthma: active since 2001, see (7) [3]
                        Letter:  [4]
                        """);
        assertThat(optimized.sources())
                .containsExactly(
                        List.of("Observation/1", "Observation/2"),
                        List.of("Observation/3"),
                        List.of("Condition/1"),
                        List.of("DocumentReference/2"));
        assertThat(optimized.duplicates()).isEqualTo(1);
        assertThat(optimized.boilerplate()).isEqualTo(1);
    }

    /** The texts that the record's rows have, made here from the resources: what is measured needs no database. */
    @Example
    void theSamplesRecordsBecomeShorterByMoreThanTwoFifths() throws IOException {
        long before = 0;
        long after = 0;
        for (String patient : List.of("chance", "florinda", "francisco", "hettie", "jake", "shayne")) {
            List<Passage> passages = passages(patient);
            for (String question : QUESTIONS) {
                Optimized optimized = ContextOptimizer.optimize(question, passages);
                before += optimized.tokensBefore();
                after += optimized.tokensAfter();
                assertThat(optimized.sources().stream().flatMap(List::stream))
                        .containsAll(passages.stream().map(Passage::source).toList());
            }
        }
        LOG.info("{} tokens became {}: {} % less", before, after, 100 * (before - after) / before);
        assertThat((before - after) * 100).isGreaterThan(before * 40);
    }

    private static List<Passage> passages(String patient) throws IOException {
        List<Passage> passages = new ArrayList<>();
        try (InputStream file =
                        ContextOptimizerTest.class.getResourceAsStream("/sample/3-patient-" + patient + ".json.gz");
                InputStream json = new GZIPInputStream(file)) {
            for (JsonNode entry : new ObjectMapper().readTree(json).get("entry")) {
                JsonNode resource = entry.get("resource");
                String label = label(resource);
                if (!label.isEmpty()) {
                    String source = resource.get("resourceType").asText() + "/"
                            + resource.get("id").asText() + "/_history/1";
                    passages.add(new Passage(source, label, text(resource), false));
                }
            }
        }
        return passages;
    }

    private static String label(JsonNode resource) {
        for (String element : List.of("code", "medicationCodeableConcept", "vaccineCode")) {
            if (resource.at("/" + element + "/text").isTextual()) {
                return resource.at("/" + element + "/text").asText();
            }
        }
        return "";
    }

    private static String text(JsonNode resource) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String path : List.of(
                "/effectiveDateTime",
                "/onsetDateTime",
                "/performedPeriod/start",
                "/occurrenceDateTime",
                "/authoredOn",
                "/valueQuantity/value",
                "/valueQuantity/unit",
                "/valueCodeableConcept/text",
                "/clinicalStatus/coding/0/code",
                "/status")) {
            JsonNode value = resource.at(path);
            if (value.isValueNode()) {
                parts.put(
                        path,
                        path.startsWith("/value")
                                ? value.asText()
                                : value.asText().split("T", 2)[0]);
            }
        }
        return parts.values().stream().collect(Collectors.joining(" "));
    }
}
