package org.holovitals.server.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The examples of FHIR R4's specification, as if they were a patient's files: some of them, or all with -Dholovitals.examples=1. */
final class SpecExamplesTest extends IntakeFixture {
    private static final Logger log = LoggerFactory.getLogger(SpecExamplesTest.class);
    private static final Pattern FILE = Pattern.compile("json/spec/[^/]+\\.json");
    private static final Pattern OF_SOMEBODY = Pattern.compile("(?<!\\\\)\"Patient/[^\"\\\\]+\"");
    private static final Pattern PATIENT = Pattern.compile("\"resourceType\"\\s*:\\s*\"Patient\"");

    /** Larger files are bundles of definitions. */
    private static final long LARGEST = 400_000;

    private static final int A_FILE = 250;

    private final Map<String, Integer> outcomes = new TreeMap<>();

    @Autowired
    SpecExamplesTest(ApplicationContext beans) {
        super(beans);
    }

    /** All of them are said to be of one patient, or nearly all would be refused for being somebody else's. */
    @Test
    void eachExampleIsStoredOrRefusedWithAReason() throws IOException {
        int each = Integer.getInteger("holovitals.examples", 80);
        Map<String, String> patients = new LinkedHashMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        examples().forEach((name, text) -> (PATIENT.matcher(text).find() ? patients : others).put(name, text));
        bringAll(new ArrayList<>(some(others, each).entrySet()));
        some(patients, each).forEach((name, text) -> bringAlone(text));
        log.info("Of every {}th example: {}", each, outcomes);
        assertThat(outcomes.keySet()).anyMatch(outcome -> outcome.startsWith("written"));
        assertThat(outcomes.keySet()).noneMatch(outcome -> outcome.endsWith(": "));
    }

    private static Map<String, String> some(Map<String, String> all, int each) {
        Map<String, String> some = new LinkedHashMap<>();
        int at = 0;
        for (Map.Entry<String, String> example : all.entrySet()) {
            if (at++ % each == 0) {
                some.put(example.getKey(), example.getValue());
            }
        }
        return some;
    }

    private void bringAll(List<Map.Entry<String, String>> examples) {
        for (int from = 0; from < examples.size(); from += A_FILE) {
            String ada = patient("Spec", "1970-01-02");
            Map<String, byte[]> files = new LinkedHashMap<>();
            files.put("self.json", person("Spec", "1970-01-02").getBytes(UTF_8));
            examples.subList(from, Math.min(from + A_FILE, examples.size()))
                    .forEach(example -> files.put(
                            example.getKey(),
                            OF_SOMEBODY
                                    .matcher(example.getValue())
                                    .replaceAll("\"Patient/p\"")
                                    .getBytes(UTF_8)));
            Answer brought = bring(ada, zip(files));
            assertThat(brought.status()).as(brought.body().toString()).isEqualTo(201);
            assertThat(brought.text("status")).as(brought.body().toString()).isEqualTo("preview");
            whole(ada, "/api/imports/" + brought.text("id") + "/commit");
            brought.body().path("losses").forEach(loss -> refused(loss.asText()));
            entries(ada, brought.text("id"));
        }
    }

    /** A file by its name and why nothing in it is read. */
    private void refused(String loss) {
        log.info("Refused: {}", loss);
        count("file refused: " + loss.substring(loss.indexOf(": ") + 2));
    }

    private void entries(String patient, String id) {
        String after = "-1";
        while (!after.isEmpty()) {
            JsonNode page = read(patient, "/api/imports/" + id + "/entries?count=500&after=" + after)
                    .body();
            page.path("entries").forEach(entry -> count(outcome(entry)));
            after = page.path("next").asText("");
        }
    }

    private static String outcome(JsonNode entry) {
        String state = entry.path("state").asText();
        return state.equals("written")
                ? state
                : (state.equals("left") ? entry.path("finding").asText() : state) + ": "
                        + entry.path("reason").asText();
    }

    private void bringAlone(String text) {
        String ada = patient("Spec", "1970-01-02");
        Answer brought = bring(ada, text);
        assertThat(brought.status()).as(brought.body().toString()).isIn(201, 400, 413, 415, 422);
        count("a Patient: "
                + (brought.status() == 201
                        ? brought.text("status")
                        : brought.problem() + ": " + brought.text("detail")));
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    private static Map<String, String> examples() throws IOException {
        URL list = Objects.requireNonNull(SpecExamplesTest.class.getResource("/spec-json.txt"));
        Map<String, String> examples = new TreeMap<>();
        try (JarFile jar = new JarFile(
                ((JarURLConnection) list.openConnection()).getJarFile().getName())) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                if (FILE.matcher(entry.getName()).matches() && entry.getSize() < LARGEST) {
                    examples.put(
                            entry.getName().substring("json/spec/".length()),
                            new String(jar.getInputStream(entry).readAllBytes(), UTF_8));
                }
            }
        }
        return examples;
    }
}
