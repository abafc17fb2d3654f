package org.holovitals.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.problem.ProblemType;
import org.junit.jupiter.api.Test;

/** The document says of {@code /api} what the inventory of routes says, no more and no less. */
final class OpenApiTest extends ServerTest {
    private static final Path ROUTES = Path.of("src/test/resources/routes.txt");

    @Test
    void everyRouteStandsInItWithItsCallersAndProblems() throws IOException {
        JsonNode document = document();
        Set<String> described = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    described.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey() + " "
                            + String.join(" ", texts(operation.getValue().path("x-callers"))));
                    assertProblems(path.getKey(), operation.getValue().path("responses"));
                }));
        assertThat(described).containsExactlyElementsOf(Files.readAllLines(ROUTES));
    }

    private static void assertProblems(String path, JsonNode responses) {
        List<String> statuses = new ArrayList<>(List.of("401", "403", "default"));
        if (path.contains("{")) {
            statuses.addAll(List.of("400", "404"));
        }
        for (String status : statuses) {
            assertThat(types(responses.path(status))).as(path + " " + status).contains("about:blank");
        }
        assertThat(types(responses.path("403"))).containsExactly("about:blank", "urn:holovitals:problem:forbidden");
        assertThat(types(responses.path("default")))
                .containsAll(Arrays.stream(ProblemType.values())
                        .map(ProblemType::uri)
                        .toList());
        assertThat(responses.properties().stream()
                        .anyMatch(response -> response.getKey().startsWith("2")))
                .as(path)
                .isTrue();
    }

    private static List<String> types(JsonNode response) {
        return texts(response.path("content")
                .path("application/problem+json")
                .path("schema")
                .path("allOf")
                .path(1)
                .path("properties")
                .path("type")
                .path("enum"));
    }

    @Test
    void itSaysHowToLogInAndHidesWhatComesFromTheToken() throws IOException {
        JsonNode document = document();
        assertThat(document.path("openapi").asText()).startsWith("3.");
        assertThat(document.path("components")
                        .path("securitySchemes")
                        .path("smart")
                        .path("openIdConnectUrl")
                        .asText())
                .isEqualTo(TestIssuer.name() + "/.well-known/openid-configuration");
        assertThat(document.path("security").path(0).has("smart")).isTrue();
        JsonNode me = document.path("paths").path("/api/me").path("get");
        assertThat(me.has("parameters")).isFalse();
        assertThat(me.path("responses")
                        .path("200")
                        .path("content")
                        .path("application/json")
                        .path("schema")
                        .path("$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Me");
    }

    @Test
    void springdocsOwnAddressesAreClosed() {
        for (String path : List.of("/v3/api-docs", "/v3/api-docs.yaml", "/swagger-ui.html", "/swagger-ui/index.html")) {
            HttpResponse<String> answer = sendAs(TestIssuer.system(), request(path));
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
        }
        HttpResponse<String> posted = sendBare(request("/api/openapi.json").POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(posted.statusCode()).isEqualTo(401);
    }

    private JsonNode document() throws IOException {
        HttpResponse<String> answer = sendBare(request("/api/openapi.json"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base().replace("/fhir", path)));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
