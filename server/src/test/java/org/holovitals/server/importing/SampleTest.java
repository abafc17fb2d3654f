package org.holovitals.server.importing;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** The sample that ships with the server. */
final class SampleTest {
    private static final Pattern CONDITIONAL_REFERENCE =
            Pattern.compile("\"reference\" ?: ?\"(\\w+\\?identifier=[^\"]+)\"");

    @Test
    void inTheOrderOfTheListEveryReferenceIsToSomethingLoadedBefore() throws IOException {
        Set<String> loaded = new HashSet<>();
        for (String file : files()) {
            parse(file).getEntry().forEach(entry -> loaded.addAll(identifiers(entry.getResource())));
            assertThat(loaded).as(file).containsAll(conditionalReferences(file));
        }
    }

    @Test
    void onlyPractitionersThatPatientsReferToAreThere() throws IOException {
        Set<String> wanted = new HashSet<>();
        for (String file : files()) {
            wanted.addAll(conditionalReferences(file));
        }
        assertThat(parse("2-practitioners.json.gz").getEntry())
                .filteredOn(entry -> entry.getResource().fhirType().equals("Practitioner"))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(wanted).containsAnyElementsOf(identifiers(entry.getResource())));
    }

    @Test
    void itHasEveryKindOfClinicalResourceAndStaysSmall() throws IOException {
        List<String> types = new ArrayList<>();
        int bytes = 0;
        for (String file : files()) {
            parse(file)
                    .getEntry()
                    .forEach(entry -> types.add(entry.getResource().fhirType()));
            bytes += read(file).length;
        }
        assertThat(types)
                .contains(
                        "AllergyIntolerance",
                        "Immunization",
                        "Procedure",
                        "MedicationRequest",
                        "Condition",
                        "Observation");
        assertThat(types).filteredOn("Patient"::equals).hasSize(10);
        assertThat(types).filteredOn("FamilyMemberHistory"::equals).hasSize(12);
        assertThat(types).filteredOn("Goal"::equals).hasSize(6);
        assertThat(types).filteredOn("Coverage"::equals).hasSize(5);
        assertThat(bytes).isLessThan(2_500_000);
    }

    private static List<String> files() throws IOException {
        return new String(read("files.txt"), StandardCharsets.UTF_8).lines().toList();
    }

    /** As strictly as the server reads. */
    private static Bundle parse(String file) throws IOException {
        IParser parser = FhirContext.forR4Cached().newJsonParser().setParserErrorHandler(new StrictErrorHandler());
        return parser.parseResource(Bundle.class, text(file));
    }

    private static Set<String> conditionalReferences(String file) throws IOException {
        return CONDITIONAL_REFERENCE
                .matcher(text(file))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> identifiers(Resource resource) {
        Property property = resource.getNamedProperty("identifier");
        if (property == null) {
            return Set.of();
        }
        return property.getValues().stream()
                .map(Identifier.class::cast)
                .map(identifier ->
                        resource.fhirType() + "?identifier=" + identifier.getSystem() + "|" + identifier.getValue())
                .collect(Collectors.toSet());
    }

    private static String text(String file) throws IOException {
        byte[] bytes = read(file);
        if (!file.endsWith(".gz")) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] read(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(SampleTest.class.getResourceAsStream("/sample/" + file), file)) {
            return in.readAllBytes();
        }
    }
}
