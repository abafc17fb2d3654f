package org.holovitals.server.finder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.holovitals.server.finder.Analytes.Analyte;
import org.holovitals.server.finder.Analytes.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The data files of the finder. */
final class AnalytesTest {
    /** Components of a social questionnaire, which nobody asks for by a name. */
    private static final Set<String> UNNAMED = Set.of("93025-5");

    private final Analytes analytes = new Analytes();

    @Test
    void everyCodeHasTheCheckDigitOfLoincAndOneMeaning() {
        List<String> codes =
                analytes.all().flatMap(analyte -> analyte.codes().stream()).toList();
        assertThat(codes).doesNotHaveDuplicates().allMatch(AnalytesTest::isChecked);
    }

    @Test
    void noTwoAnalytesHaveTheSameName() {
        assertThat(analytes.all().flatMap(analyte -> analyte.names().stream()
                        .map(name -> Words.of(name).list())
                        .distinct()))
                .doesNotHaveDuplicates();
    }

    @Test
    void thereAreTheCommonLaboratoryValues() {
        assertThat(analytes.all().filter(analyte -> analyte.kind() == Kind.LAB)).hasSizeGreaterThan(150);
    }

    @Test
    void everyCodeOfTheSampleIsKnown() throws IOException {
        Set<String> known = analytes.all()
                .flatMap(analyte -> analyte.codes().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(UNNAMED);
        for (String name : List.of("clifton", "florinda", "imelda", "rafael", "vannessa")) {
            assertThat(known).as(name).containsAll(codes(name));
        }
    }

    private static Set<String> codes(String patient) throws IOException {
        Set<String> codes = new TreeSet<>();
        try (InputStream file = AnalytesTest.class.getResourceAsStream("/sample/3-patient-" + patient + ".json.gz")) {
            JsonNode bundle = new ObjectMapper().readTree(new GZIPInputStream(Objects.requireNonNull(file)));
            bundle.path("entry").forEach(entry -> {
                JsonNode resource = entry.path("resource");
                if (resource.path("resourceType").asText().equals("Observation")) {
                    codes.add(resource.path("code")
                            .path("coding")
                            .path(0)
                            .path("code")
                            .asText());
                }
            });
        }
        return codes;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is my hemoglobin?|Hemoglobin",
                "my hemoglobin a1c please|Hemoglobin A1c",
                "HbA1c over time|Hemoglobin A1c",
                "How much LDL cholesterol|LDL cholesterol",
                "glucose in urine|Urine glucose",
                "blood sugar and potassium|Glucose, Potassium",
                "How much do I weigh?|Body weight",
                "Has my pulse changed?|Heart rate",
                "What is the capital of France?|"
            })
    void aLongerNameGoesBeforeAShorterOneInIt(String question, String names) {
        assertThat(String.join(
                        ", ",
                        analytes.in(Words.of(question)).stream()
                                .map(Analyte::name)
                                .toList()))
                .isEqualTo(Objects.requireNonNullElse(names, ""));
    }

    @Test
    void noTermIsWrittenTwice() {
        List<String> written = new ArrayList<>();
        Stream.of(Tsv.rows("terms.tsv").toArray(String[][]::new))
                .forEach(row -> written.add(String.join(" ", Words.of(row[0]).list())));
        assertThat(written).doesNotHaveDuplicates();
    }

    /** LOINC Users' Guide, "LOINC check digit": modulus 10. */
    private static boolean isChecked(String code) {
        String[] parts = code.split("-", -1);
        StringBuilder odd = new StringBuilder();
        StringBuilder even = new StringBuilder();
        for (int i = 0; i < parts[0].length(); i++) {
            (i % 2 == 0 ? odd : even).insert(0, parts[0].charAt(parts[0].length() - 1 - i));
        }
        int sum = (even + String.valueOf(Long.parseLong(odd.toString()) * 2))
                .chars()
                .map(digit -> digit - '0')
                .sum();
        return (10 - sum % 10) % 10 == Integer.parseInt(parts[1]);
    }
}
