package org.holovitals.server.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.holovitals.server.fhir.Refusals.refused;

import java.net.http.HttpResponse;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestPackage;
import org.junit.jupiter.api.Test;

final class ValidateTest extends ServerTest {
    private static final String BAD =
            "{\"resourceType\":\"Patient\",\"gender\":\"nope\",\"birthDate\":\"2020-13-45\",\"foo\":1}";
    private static final String GOOD = "{\"resourceType\":\"Patient\",\"gender\":\"male\"}";
    private static final String PATIENT_PROFILE = "http://hl7.org/fhir/StructureDefinition/Patient";

    @Test
    void everyMistakeIsListedWith200() {
        found(validate("/Patient/$validate", BAD), "'nope'", "2020-13-45", "'foo'");
    }

    @Test
    void aResourceInParametersIsValidatedAsItself() {
        found(validate("/Patient/$validate", parameters(BAD, "")), "'nope'", "2020-13-45", "'foo'");
        assertThat(validate("/Patient/$validate", parameters(GOOD, "")).body())
                .doesNotContain("\"error\"")
                .doesNotContain("Parameters.parameter");
    }

    @Test
    void anInstanceIsValidatedInItsPlace() {
        put("/Patient/validated", GOOD.replace("}", ",\"id\":\"validated\"}"));
        found(validate("/Patient/validated/$validate", BAD.replace("}", ",\"id\":\"validated\"}")), "'nope'");
        assertThat(get("/Patient/validated/$validate").statusCode()).isEqualTo(200);
    }

    @Test
    void xmlIsValidatedAsItIs() {
        String patient = "<Patient xmlns=\"http://hl7.org/fhir\"><foo value=\"1\"/><gender value=\"nope\"/></Patient>";
        String parameters = "<Parameters xmlns=\"http://hl7.org/fhir\"><parameter><name value=\"resource\"/><resource>"
                + patient + "</resource></parameter></Parameters>";
        found(post("/Patient/$validate", "application/fhir+xml", patient.getBytes(UTF_8)), "'nope'", "'foo'");
        found(post("/Patient/$validate", "application/fhir+xml", parameters.getBytes(UTF_8)), "'nope'", "'foo'");
    }

    @Test
    void modeAndProfileWorkInTheUrlAndInParameters() {
        found(validate("/Patient/$validate?profile=http://example.org/none", GOOD), "http://example.org/none");
        String profile = ",{\"name\":\"profile\",\"valueUri\":\"http://example.org/none\"}";
        found(validate("/Patient/$validate", parameters(GOOD, profile)), "http://example.org/none");
        String mode = ",{\"name\":\"mode\",\"valueCode\":\"update\"}";
        refused(validate("/Patient/$validate", parameters(GOOD, mode)), 422, "Resource has no ID");
        refused(validate("/Patient/$validate?mode=nope", GOOD), 400, "nope");
        assertThat(validate("/Patient/$validate?mode=profile&profile=" + PATIENT_PROFILE, GOOD)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aProfileOfAConfiguredPackageIsHeldTo() {
        String url = "/Patient/$validate?profile=" + TestPackage.PROFILE;
        found(validate(url, "{\"resourceType\":\"Patient\"}"), "Patient.gender: minimum required = 1");
        assertThat(validate(url, GOOD).body()).doesNotContain("\"error\"");
    }

    @Test
    void whatIsNoResourceOfTheTypeIsRefused() {
        refused(validate("/Patient/$validate", "{\"resourceType\":\"Patient\",\"gender\":"), 400, "JSON");
        refused(validate("/Patient/$validate", "{\"foo\":1}"), 400, "resourceType");
        refused(validate("/Observation/$validate", GOOD), 400, "Patient/$validate");
        refused(
                validate("/Patient/$validate", "{\"resourceType\":\"Patient\",\"meta\":{\"profile\":[{}]}}"),
                400,
                "meta.profile");
    }

    @Test
    void aWriteAfterAValidationIsAsStrictAsBefore() {
        for (int i = 0; i < 10; i++) {
            validate("/Patient/$validate", BAD);
            refused(post("/Patient", "application/fhir+json", BAD.getBytes(UTF_8)), 400, "nope");
        }
    }

    private static String parameters(String resource, String more) {
        return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"resource\",\"resource\":" + resource + "}"
                + more + "]}";
    }

    private HttpResponse<String> validate(String path, String body) {
        return post(path, "application/fhir+json", body.getBytes(UTF_8));
    }

    private void put(String path, String body) {
        assertThat(send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(base() + path))
                                .header("Content-Type", "application/fhir+json")
                                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(body)))
                        .statusCode())
                .isIn(200, 201);
    }

    private static void found(HttpResponse<String> answer, String... mistakes) {
        refused(answer, 200, "error");
        assertThat(answer.body()).contains(mistakes);
    }
}
