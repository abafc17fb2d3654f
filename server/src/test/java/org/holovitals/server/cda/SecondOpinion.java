package org.holovitals.server.cda;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What another converter makes of the same C-CDA documents, difference by difference: {@code second-opinion.mjs} beside this writes
 * its bundles. Run by name only, with -Dholovitals.ccda=FOLDER and -Dholovitals.opinions=OUT; docs/import.md says how.
 */
final class SecondOpinion {
    private static final Logger LOG = LoggerFactory.getLogger(SecondOpinion.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private final Path documents = Path.of(System.getProperty("holovitals.ccda", ""));
    private final Path opinions = Path.of(System.getProperty("holovitals.opinions", ""));
    private final Map<String, Integer> tally = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();

    @Test
    void differencesAreListed() throws IOException {
        try (Stream<Path> files = Files.list(documents)) {
            files.sorted().forEach(this::compare);
        }
        Files.write(opinions.resolve("differences.txt"), lines);
        tally.forEach((what, count) -> LOG.info("{} {}", String.format("%6d", count), what));
        assertThat(tally).isNotEmpty();
    }

    private void compare(Path file) {
        String name = String.valueOf(file.getFileName());
        Path opinion = opinions.resolve(name + ".json");
        if (!Files.isRegularFile(opinion)) {
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            JsonNode theirs = JSON.readTree(opinion.toFile());
            Optional<List<ClinicalFact>> ours = ours(name, in);
            if (theirs.has("error")) {
                note(
                        "documents that the other cannot read",
                        name,
                        theirs.path("error").asText());
            } else if (ours.isPresent()) {
                note("documents compared", name, "");
                differences(name, ours.get(), ClinicalFact.of(resources(theirs)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private Optional<List<ClinicalFact>> ours(String name, InputStream in) throws IOException {
        try {
            CdaContents contents = CdaReader.read(in);
            contents.losses().forEach(loss -> lines.add(name + " | lost | " + loss));
            List<JsonNode> resources = new ArrayList<>();
            for (CdaContents.Entry entry : contents.entries()) {
                resources.add(JSON.readTree(FHIR.newJsonParser().encodeResourceToString(entry.resource())));
            }
            return Optional.of(ClinicalFact.of(resources));
        } catch (UnreadableDocument e) {
            note("documents that we cannot read", name, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static List<JsonNode> resources(JsonNode bundle) {
        List<JsonNode> resources = new ArrayList<>();
        bundle.path("entry").forEach(entry -> resources.add(entry.path("resource")));
        return resources;
    }

    /** Each of ours with one of theirs of the same code, that of the same moment before others. */
    private void differences(String name, List<ClinicalFact> ours, List<ClinicalFact> theirs) {
        List<ClinicalFact> left = new ArrayList<>(theirs);
        for (ClinicalFact mine : ours) {
            note(mine.kind() + ": ours", name, null);
            Optional<ClinicalFact> same = left.stream()
                    .filter(mine::isAbout)
                    .max((one, other) -> Integer.compare(mine.likeness(one), mine.likeness(other)));
            if (same.isEmpty()) {
                note(mine.kind() + ": only ours", name, mine.toString());
                continue;
            }
            left.remove(same.get());
            mine.fields().forEach((field, value) -> {
                String other = same.get().fields().get(field);
                if (!Objects.equals(value, other)) {
                    note(mine.kind() + ": another " + field, name, mine.code() + " " + value + " <> " + other);
                }
            });
        }
        theirs.forEach(fact -> note(fact.kind() + ": theirs", name, null));
        left.forEach(fact -> note(fact.kind() + ": only theirs", name, fact.toString()));
    }

    private void note(String what, String name, @org.jspecify.annotations.Nullable String detail) {
        tally.merge(what, 1, Integer::sum);
        if (detail != null) {
            lines.add(name + " | " + what + " | " + detail);
        }
    }
}
