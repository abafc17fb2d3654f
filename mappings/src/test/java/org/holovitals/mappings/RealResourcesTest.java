package org.holovitals.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RealResourcesTest {
    private final Mappings mappings = new Mappings(reference -> null);

    @ParameterizedTest
    @ValueSource(strings = {"json/spec", "xml/spec", "json/ibm", "xml/ibm", "json/profiles"})
    void theLawsHoldForEveryExampleOfTheSpecification(String folder) {
        assertThat(broken(mappings, Examples.handled(folder))).isEmpty();
    }

    private static List<String> broken(Mappings mappings, List<Examples.Example> examples) {
        assertThat(examples).isNotEmpty();
        List<String> broken = new ArrayList<>();
        for (var example : examples) {
            try {
                Laws.hold(mappings, example.resource());
            } catch (RuntimeException | AssertionError e) {
                broken.add(example.file() + " " + example.resource().getId() + ": " + e);
            }
        }
        return broken;
    }

    @Test
    void theExamplesHaveEveryTypeThatTheTablesHold() {
        Set<String> types = new HashSet<>();
        for (var example : Examples.handled("json/ibm")) {
            types.add(example.resource().fhirType());
        }
        assertThat(Compartment.types()).allMatch(types::contains);
    }

    @Test
    void theLawsHoldForEveryResourceOfTheSyntheticPatients() {
        int count = 0;
        for (var patient : Synthea.patients()) {
            var withMedications = new Mappings(Synthea.medications(patient));
            for (Resource resource : patient) {
                if (Mappings.handles(resource.fhirType())) {
                    Laws.hold(withMedications, resource);
                    count++;
                } else {
                    assertThat(withMedications.toRows(resource)).isInstanceOf(Mapped.Skipped.class);
                }
            }
        }
        assertThat(count).isGreaterThan(5_000);
    }
}
