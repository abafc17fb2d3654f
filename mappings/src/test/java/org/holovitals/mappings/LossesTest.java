package org.holovitals.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Age;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LossesTest {
    private final Mappings mappings = new Mappings(reference -> null);

    /** The losses, and what the JSON of the resource has more than that of the resource made again. */
    @ParameterizedTest
    @ValueSource(strings = {"json/spec", "json/ibm/complete-mock"})
    void theLossesAreExactlyWhatTheJsonMisses(String folder) {
        for (var example : Examples.handled(folder)) {
            var resource = example.resource();
            assertThat(lossPaths(resource)).as(example.file()).isEqualTo(missingPaths(resource));
        }
    }

    private Set<String> lossPaths(Resource resource) {
        return losses(resource).stream().map(LossesTest::withoutUrl).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String withoutUrl(Loss loss) {
        int url = loss.path().indexOf("('");
        return url < 0 ? loss.path() : loss.path().substring(0, url);
    }

    private Set<String> missingPaths(Resource resource) {
        var held = JsonLeaves.of(mappings.toResource(mappings.rows(resource)));
        var missing = new TreeSet<String>();
        for (var leaf : JsonLeaves.of(resource)) {
            if (!held.remove(leaf)) {
                missing.add(leaf.path());
            }
        }
        return missing;
    }

    private List<Loss> losses(Resource resource) {
        return ((Mapped.Rows) mappings.toRows(resource)).losses();
    }

    @Test
    void aLossNamesTheElementAndWhatItHeld() {
        var condition = new Condition();
        condition.setId("Condition/c/_history/3");
        condition.getMeta().setVersionId("3").addProfile("http://example.org/profile");
        condition.setSubject(new Reference("Patient/p").setDisplay("Somebody"));
        condition.setOnset(new Age().setValue(52));
        condition.addStage().setSummary(new CodeableConcept().setText("II"));
        condition.addStage().setSummary(new CodeableConcept().setText("III"));
        condition.addExtension("http://example.org/extension", new StringType("x".repeat(200)));
        condition.getText().setDivAsString("<div>words</div>");

        assertThat(losses(condition))
                .containsExactlyInAnyOrder(
                        new Loss("Condition.meta.profile", "http://example.org/profile"),
                        new Loss("Condition.subject.display", "Somebody"),
                        new Loss("Condition.onsetAge.value", "52"),
                        new Loss("Condition.stage.summary.text", "II"),
                        new Loss("Condition.stage.summary.text", "III"),
                        new Loss(
                                "Condition.extension('http://example.org/extension')",
                                "valueString=" + "x".repeat(67) + "…"),
                        new Loss("Condition.text", "narrative"));
    }

    @Test
    void theAssertedDateIsAnExtensionThatIsNotLost() {
        var condition = new Condition();
        condition.addExtension(new Extension(
                "http://hl7.org/fhir/StructureDefinition/condition-assertedDate", new DateTimeType("2019-05")));

        assertThat(losses(condition)).isEmpty();
    }

    @Test
    void aPatientOfAnotherServerIsALoss() {
        var condition = new Condition();
        condition.setSubject(new Reference("http://example.org/fhir/Patient/p"));

        assertThat(mappings.rows(condition).get(0).origin().patientId()).isNull();
        assertThat(losses(condition))
                .containsExactly(new Loss("Condition.subject.reference", "http://example.org/fhir/Patient/p"));
    }
}
