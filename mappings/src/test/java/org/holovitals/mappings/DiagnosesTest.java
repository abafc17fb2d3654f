package org.holovitals.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.junit.jupiter.api.Test;

final class DiagnosesTest {
    private final Mappings mappings = new Mappings(reference -> null);

    @Test
    void snomedGoesBeforeIcd10AndIcd10HasItsOwnColumns() {
        var condition = coded(
                new Coding("urn:own", "7", "Own"),
                new Coding(Systems.ICD10, "E11", null),
                new Coding(Systems.ICD10_CM, "E11.9", null),
                new Coding(Systems.SNOMED, "44054006", "Diabetes mellitus type 2"));

        assertThat(mappings.rows(condition).get(0).columns())
                .containsEntry("code_system", Systems.SNOMED)
                .containsEntry("code", "44054006")
                .containsEntry("display", "Diabetes mellitus type 2")
                .containsEntry("condition", "Diabetes mellitus type 2")
                .containsEntry("icd10_code", "E11.9")
                .containsEntry("icd10_system", Systems.ICD10_CM);
        assertThat(losses(condition))
                .extracting(Loss::value)
                .containsExactlyInAnyOrder("urn:own", "7", "Own", Systems.ICD10, "E11");
    }

    @Test
    void anIcd10CodeAloneIsTheMainCodeTooAndComesBackOnce() {
        var condition = coded(new Coding(Systems.ICD10_CM, "E11.9", "Diabetes"));

        var remade = (Condition) mappings.toResource(mappings.rows(condition));

        assertThat(mappings.rows(condition).get(0).columns())
                .containsEntry("code", "E11.9")
                .containsEntry("icd10_code", "E11.9");
        assertThat(remade.getCode().getCoding()).hasSize(1);
    }

    @Test
    void theAssertedDateGoesBeforeTheRecordedDate() {
        var condition = new Condition().setRecordedDateElement(new DateTimeType("2020"));
        condition.addExtension(new Extension(
                "http://hl7.org/fhir/StructureDefinition/condition-assertedDate", new DateTimeType("2019-05")));

        assertThat(mappings.rows(condition).get(0).columns())
                .containsEntry("diagnosed_date", "2019-05")
                .containsEntry("diagnosed_date_source", "asserted_date");
        assertThat(losses(condition)).containsExactly(new Loss("Condition.recordedDate", "2020"));
    }

    @Test
    void nothingIsSaidOfAnEmptyCondition() {
        assertThat(mappings.rows(new Condition()).get(0).columns().values()).containsOnlyNulls();
        assertThat(mappings.toResource(mappings.rows(new Condition())).isEmpty())
                .isTrue();
    }

    @Test
    void aStatusThatFhirDoesNotKnowIsALossAndNoStatus() {
        var condition = new Condition()
                .setClinicalStatus(new CodeableConcept(new Coding(Systems.CONDITION_CLINICAL, "dormant", null)))
                .setVerificationStatus(new CodeableConcept(new Coding("urn:own", "confirmed", null)));

        assertThat(mappings.rows(condition).get(0).columns())
                .containsEntry("status", null)
                .containsEntry("verification_status", null);
        assertThat(losses(condition)).hasSize(4);
    }

    private List<Loss> losses(Condition condition) {
        return ((Mapped.Rows) mappings.toRows(condition)).losses();
    }

    private static Condition coded(Coding... codings) {
        var concept = new CodeableConcept();
        List.of(codings).forEach(concept::addCoding);
        return new Condition().setCode(concept);
    }
}
