package org.holovitals.server.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clinicians ask for, and of whom. */
final class RequestsTest extends ConsentTest {
    @Test
    void aSecondRequestWaitsForTheAnswerToTheFirst() {
        User patient = patient();
        User clinician = clinician();

        List<Integer> statuses = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> ask(clinician, patient).status())
                .toList();
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(7);
    }

    @Test
    void aPatientIsFoundByIdentifierAndBirthDateTogether() {
        User patient = patient();
        String mrn = client().read()
                .resource(org.hl7.fhir.r4.model.Patient.class)
                .withId(patient.record())
                .execute()
                .getIdentifierFirstRep()
                .getValue();
        String body = request("x")
                .replace(
                        "{\"id\": \"x\"}",
                        "{\"identifier\": {\"system\": \"urn:mrn\", \"value\": \"%s\"}, \"birthDate\": \"%s\"}");
        User clinician = clinician();

        Answer nobody = post(clinician, "/api/consents", request("no-such-patient"));
        assertThat(nobody.status()).isEqualTo(404);
        assertThat(post(clinician, "/api/consents", body.formatted(mrn, "1990-02-01")))
                .isEqualTo(nobody);
        assertThat(post(clinician, "/api/consents", body.formatted("other", "1990-01-31")))
                .isEqualTo(nobody);
        assertThat(post(clinician, "/api/consents", body.formatted(mrn, "1990")).text("detail"))
                .isEqualTo("patient.birthDate has to be a date such as 1990-01-31");
        assertThat(post(clinician, "/api/consents", body.formatted(mrn, "1990-01-31"))
                        .text("patient"))
                .isEqualTo(patient.record());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"hours\": 4|\"hours\": 73|hours has to be a number from 1 to 72",
                "\"hours\": 4|\"hours\": 0|hours has to be a number from 1 to 72",
                "\"hours\": 4|\"days\": 4|hours is missing",
                "urgent|panic|urgency has to be one of routine, urgent, emergency",
                "Second opinion|''|reason has to be text of 1 to 1000 characters",
                "\"action\": \"correct\"|\"action\": \"annotate\"|permissions[1].action: to correct is for test_results, to annotate for clinical_notes, to decide for all_phi only",
                "\"resource\": \"test_results\", \"action\": \"read\"|\"resource\": \"tests\", \"action\": \"read\"|permissions[0].resource has to be one of documents, test_results, medications, allergies, conditions, imaging, clinical_notes, vital_signs, procedures, immunizations, family_history, all_phi",
                "{\"id\": \"no-one\"}|{}|patient.identifier is missing"
            })
    void whatIsWrongWithARequestIsNamed(String right, String wrong, String detail) {
        Answer answer = post(clinician(), "/api/consents", request("no-one").replace(right, wrong));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).isEqualTo(detail);
    }

    @Test
    void nobodyCanConsentForARecordThatIsNotClaimed() {
        assertThat(post(clinician(), "/api/consents", request(record())).status())
                .isEqualTo(409);
    }
}
