package org.holovitals.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.holovitals.keycloak.realm.Demonstration;
import org.holovitals.server.identity.DevelopmentServer;
import org.junit.jupiter.api.Test;

/**
 * A whole launch of an app on fhirclient in a real browser: authorization, login, the token, a read, pages and a refresh.
 * The pictures of its pages stay in {@code target/screenshots}.
 */
final class BrowserLaunchTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCOPES =
            "openid fhirUser launch/patient offline_access patient/Patient.rs patient/Observation.rs patient/Nothing.rs";

    private static final DevelopmentServer server = DevelopmentServer.get();

    @Test
    void aPersonLogsInToAnAppAndSeesTheOwnRecordOnly() throws IOException, InterruptedException {
        Path chromium = NodeModules.onPath("chromium", "Chromium is not on this machine (Debian's package chromium)");
        Path folder = NodeModules.ready();
        Path screenshots = Files.createDirectories(Path.of("target/screenshots").toAbsolutePath());
        HttpServer app = serve(folder);
        try {
            String origin = "http://127.0.0.1:" + app.getAddress().getPort();
            String address = "%s/app.html?client=%s&iss=%s&scope=%s"
                    .formatted(origin, register(origin), encoded(server.base()), encoded(SCOPES));
            Demonstration.Login login = Demonstration.LOGINS.get(0);
            String output = NodeModules.run(
                    folder,
                    List.of(
                            "node",
                            "launch.cjs",
                            chromium.toString(),
                            address,
                            login.name(),
                            login.password(),
                            screenshots.toString()));
            assertThat(output).as("output").startsWith("{");
            check(JSON.readTree(output));
        } finally {
            app.stop(0);
        }
    }

    private static void check(JsonNode result) throws IOException {
        String patient = me().path("patient").asText();
        assertThat(result.path("problem").asText()).isEmpty();
        assertThat(List.of(result.path("patient"), result.path("again"), result.path("context")))
                .extracting(JsonNode::asText)
                .containsOnly(patient);
        assertThat(result.path("subjects")).extracting(JsonNode::asText).containsExactly("Patient/" + patient);
        assertThat(result.path("observations").asInt()).as("two pages of five").isEqualTo(10);
        assertThat(result.path("isRefreshed").asBoolean()).isTrue();
        assertThat(result.path("user").asText()).isEqualTo("Patient/" + patient);
        assertThat(List.of(result.path("scope").asText().split(" ")))
                .contains("patient/Observation.rs")
                .doesNotContain("patient/Nothing.rs");
    }

    private static JsonNode me() throws IOException {
        return JSON.readTree(
                server.send("GET", "/api/me", server.token("patient"), "").body());
    }

    /** The client id of a new public app at an origin. */
    private static String register(String origin) throws IOException {
        String app = JSON.writeValueAsString(Map.of(
                "kind",
                "public",
                "name",
                "Blood pressure diary",
                "redirectUris",
                List.of(origin + "/app.html"),
                "launchUrl",
                origin + "/app.html",
                "scopes",
                List.of(
                        "openid",
                        "fhirUser",
                        "launch/patient",
                        "offline_access",
                        "patient/Patient.rs",
                        "patient/Observation.rs")));
        var answer = server.send("POST", "/api/apps", server.token("admin"), app);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body()).path("clientId").asText();
    }

    private static HttpServer serve(Path folder) throws IOException {
        HttpServer app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(app, "/app.html", "text/html", folder.resolve("app.html"));
        serve(
                app,
                "/fhir-client.pure.min.js",
                "text/javascript",
                folder.resolve("node_modules/fhirclient/build/fhir-client.pure.min.js"));
        app.start();
        return app;
    }

    private static void serve(HttpServer app, String path, String type, Path file) {
        app.createContext(path, exchange -> {
            byte[] body = Files.readAllBytes(file);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
