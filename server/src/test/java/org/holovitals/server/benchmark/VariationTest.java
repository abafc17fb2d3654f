package org.holovitals.server.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VariationTest {
    private static final String BUNDLE = """
            {"entry": [
              {"fullUrl": "urn:uuid:aaaaaaaa-0000-0000-0000-000000000001",
               "resource": {"resourceType": "Patient", "id": "aaaaaaaa-0000-0000-0000-000000000001",
                 "name": [{"family": "Zieme486"}], "birthDate": "1960-03-01"}},
              {"fullUrl": "urn:uuid:aaaaaaaa-0000-0000-0000-000000000002",
               "resource": {"resourceType": "Encounter",
                 "subject": {"reference": "urn:uuid:aaaaaaaa-0000-0000-0000-000000000001"},
                 "serviceProvider": {"reference": "Organization?identifier=s|bbbbbbbb-0000-0000-0000-000000000003"},
                 "period": {"start": "2020-01-02T03:04:05-05:00"}}}]}
            """;

    @Test
    void theFirstIsThePatientAsHeIs() {
        assertThat(new Variation(0).of(BUNDLE)).isEqualTo(BUNDLE);
    }

    @Test
    void anotherPatientHasOtherIdsAndRefersToTheSameHospital() {
        String other = new Variation(1).of(BUNDLE);
        assertThat(other)
                .doesNotContain("aaaaaaaa-")
                .contains(
                        "bbbbbbbb-0000-0000-0000-000000000003",
                        "\"Zieme4861\"",
                        "1960-02-27",
                        "2019-12-30T03:04:05-05:00")
                .isEqualTo(new Variation(1).of(BUNDLE))
                .isNotEqualTo(new Variation(2).of(BUNDLE));
        String patient = other.substring(other.indexOf("urn:uuid:"), other.indexOf("urn:uuid:") + 45);
        assertThat(other.split(patient, -1))
                .as("the patient and the reference to him")
                .hasSize(3);
    }

    @Test
    void thePopulationOfTheSampleIsTheSameEachTime() throws IOException {
        Population population = Population.of(Optional.empty());
        List<String> first = texts(population.patients(0, 12));
        assertThat(first).hasSize(12).doesNotHaveDuplicates();
        assertThat(texts(Population.of(Optional.empty()).patients(0, 12))).isEqualTo(first);
        assertThat(population.shared()).hasSize(2);
    }

    private static List<String> texts(List<byte[]> bundles) {
        return bundles.stream()
                .map(bundle -> new String(bundle, StandardCharsets.UTF_8))
                .toList();
    }
}
