package org.holovitals.server.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.net.URI;
import java.net.http.HttpRequest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PagingTest extends ServerTest {

    @ParameterizedTest
    @CsvSource({
        "_count=5, max-age=60",
        "_count=5&_sort=-date, max-age=60",
        "category=vital-signs&_count=5&_sort=-date, max-age=60",
        "category=vital-signs&_count=5&_sort=-date, no-cache",
        "category=vital-signs&_count=5&_sort=-date, no-store",
    })
    void everyPageButTheLastLeadsToTheNext(String query, String cacheControl) {
        String patient = record();
        for (String token : new String[] {TestIssuer.system(), TestIssuer.patient(patient, "patient/*.rs")}) {
            String body = sendAs(
                            token,
                            HttpRequest.newBuilder(URI.create(base() + "/Observation?patient=" + patient + "&" + query))
                                    .header("Cache-Control", cacheControl))
                    .body();
            Bundle page = FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, body);
            assertThat(page.getLink("next"))
                    .as(token.equals(TestIssuer.system())
                            + query
                            + cacheControl
                            + page.getEntry().size())
                    .isNotNull();
        }
    }

    private String record() {
        String patient =
                client().create().resource(new Patient()).execute().getId().getIdPart();
        for (int i = 1; i <= 28; i++) {
            Observation observation = new Observation().setSubject(new Reference("Patient/" + patient));
            observation.setEffective(new DateTimeType("2024-05-%02d".formatted(i)));
            observation.addCategory(new CodeableConcept()
                    .addCoding(new Coding(
                            "http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs", null)));
            client().create().resource(observation).execute();
        }
        return patient;
    }
}
