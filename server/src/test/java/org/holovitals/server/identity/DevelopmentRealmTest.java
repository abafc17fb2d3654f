package org.holovitals.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.holovitals.server.command.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The run command as a newcomer has it: embedded PostgreSQL, Keycloak, sample and demonstration logins. */
final class DevelopmentRealmTest {

    @Test
    void eachDemonstrationLoginSeesWhatItMay(@TempDir Path directory) throws Exception {
        int port = freePort();
        int keycloakPort = freePort();
        try (ServerProcess server = ServerProcess.startDevelopment(directory, port, keycloakPort)) {
            DevelopmentTokens tokens = tokens(directory, keycloakPort, server.base());
            JsonNode everything = search(server, tokens.of("backend"));
            assertThat(everything.path("total").asInt()).isGreaterThan(100);
            assertThat(patients(everything)).hasSizeGreaterThan(1);

            String patientToken = tokens.of("patient");
            JsonNode own = search(server, patientToken);
            assertThat(own.path("total").asInt())
                    .isBetween(1, everything.path("total").asInt() - 1);
            assertThat(patients(own)).hasSize(1);
            Set<String> others = patients(everything);
            others.removeAll(patients(own));
            assertThat(status(server, others.iterator().next(), patientToken)).isEqualTo(404);

            assertThat(search(server, tokens.of("clinician")).path("total").asInt())
                    .as("without a consent")
                    .isZero();
            assertThat(status(server, "Condition", tokens.of("admin"))).isEqualTo(403);
            assertThat(status(server, "Condition", "nonsense")).isEqualTo(401);
        }
    }

    private static DevelopmentTokens tokens(Path directory, int port, String fhirBase) {
        return new DevelopmentTokens(
                new KeycloakProperties(
                        URI.create("http://127.0.0.1:" + port + "/realms/holovitals"),
                        port,
                        directory.resolve("keycloak"),
                        true,
                        null,
                        URI.create("https://repo.maven.apache.org/maven2/")),
                fhirBase,
                Clock.systemUTC());
    }

    private static JsonNode search(ServerProcess server, String token) throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(get(server, "Condition?_count=200&_total=accurate", token)
                        .body());
    }

    private static Set<String> patients(JsonNode bundle) {
        Set<String> patients = new HashSet<>();
        bundle.path("entry")
                .forEach(entry -> patients.add(
                        entry.path("resource").path("subject").path("reference").asText()));
        return patients;
    }

    private static int status(ServerProcess server, String path, String token)
            throws IOException, InterruptedException {
        return get(server, path, token).statusCode();
    }

    private static HttpResponse<String> get(ServerProcess server, String path, String token)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.base() + "/" + path))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
