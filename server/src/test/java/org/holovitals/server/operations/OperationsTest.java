package org.holovitals.server.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.holovitals.server.ServerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
final class OperationsTest extends ServerTest {

    @Test
    void theServerIsAliveAndReady() {
        assertThat(at("/actuator/health/liveness").body()).contains("\"UP\"");
        assertThat(at("/actuator/health/readiness").body()).contains("\"UP\"");
    }

    @Test
    void metricsTellOfEachInteractionAndTable() {
        post("/Patient", "application/fhir+json", "{\"resourceType\":\"Patient\"}".getBytes(UTF_8));
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        at("/actuator/prometheus").body())
                .contains(
                        "fhir_server_requests_seconds_count{by=\"hapi\",interaction=\"create\",status=\"201\",type=\"Patient\"}")
                .containsPattern("holovitals_table_rows\\{table=\"patients\"} [1-9]")
                .contains("holovitals_table_bytes{table=\"patient_vital_signs\"}"));
    }

    @Test
    void aCallersRequestIdComesBackAndAnUnfitOneIsReplaced() {
        assertThat(get("/metadata", "trace-1").headers().firstValue("X-Request-ID"))
                .hasValue("trace-1");
        assertThat(get("/metadata", "a b").headers().firstValue("X-Request-ID"))
                .hasValueSatisfying(id -> assertThat(id).hasSize(36));
    }

    @Test
    void noHealthInformationReachesTheLog(CapturedOutput output) {
        String secret = "Zaphodsecret";
        for (String body : new String[] {
            "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + secret + "\"}]}",
            "{\"resourceType\":\"Patient\",\"nope\":\"" + secret + "\"}",
            "{\"resourceType\":\"Patient\",\"birthDate\":\"" + secret + "\"}",
            "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + secret + "\\u0000\"}]}",
            "{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"Patient/" + secret + "\"}}",
            "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + secret + "\"}"
        }) {
            post("/Patient", "application/fhir+json", body.getBytes(UTF_8));
            post("/Condition", "application/fhir+json", body.getBytes(UTF_8));
        }
        for (String query : new String[] {
            "/Patient?family=" + secret, "/Patient?nope=" + secret, "/Patient?birthdate=" + secret, "/Patient/" + secret
        }) {
            super.get(query);
        }
        assertThat(output.getAll()).doesNotContain(secret);
    }

    private HttpResponse<String> at(String path) {
        return send(HttpRequest.newBuilder(URI.create(base().replace("/fhir", path))));
    }

    private HttpResponse<String> get(String path, String requestId) {
        return send(HttpRequest.newBuilder(URI.create(base() + path)).header("X-Request-ID", requestId));
    }
}
