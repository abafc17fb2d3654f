package org.holovitals.server;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.holovitals.migrations.Login;
import org.holovitals.server.access.SaidConsents;
import org.holovitals.server.intake.TestCards;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole server on a real PostgreSQL: the one that the environment names, else a container, else an embedded one. */
@Import(SaidConsents.Setup.class)
@SpringBootTest(classes = ServerApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public abstract class ServerTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        if (TestContainer.isWanted()) {
            properties.add("holovitals.database.url", () -> TestContainer.get().getJdbcUrl());
            properties.add(
                    "holovitals.database.username", () -> TestContainer.get().getUsername());
            properties.add(
                    "holovitals.database.password", () -> TestContainer.get().getPassword());
        }
        properties.add("holovitals.database.directory", TestDirectory::path);
        properties.add("holovitals.database.durable", () -> "false");
        properties.add("holovitals.fhir.packages", () -> TestPackage.in(Path.of("target"))
                .toString());
        properties.add("holovitals.identity.issuer", TestIssuer::name);
        properties.add("holovitals.identity.audience", () -> TestIssuer.AUDIENCE);
        properties.add("holovitals.identity.client-secret", () -> TestIssuer.CLIENT_SECRET);
        properties.add("holovitals.launch.url", () -> TestIssuer.LAUNCH_URL);
        // Tests work on the queue themselves.
        properties.add("holovitals.analyses.workers", () -> "0");
        properties.add("holovitals.documents.readers", () -> "0");
        properties.add("holovitals.passages.indexers", () -> "0");
        properties.add("holovitals.health.interval", () -> "1h");
        properties.add("holovitals.export.file-resources", () -> "100");
        properties.add("holovitals.import.remote.origins", TestFiles::origin);
        properties.add("holovitals.intake.chunk", () -> "20");
        properties.add("holovitals.intake.health-card-issuers", TestCards::issuers);
        properties.add("holovitals.egress.maximum", () -> "baa-full");
        for (String kind : List.of("openai", "anthropic")) {
            String model = "holovitals.models.stub-" + kind + ".";
            properties.add(model + "kind", () -> kind);
            properties.add(model + "base-url", () -> ModelStub.shared().baseUrl());
            properties.add(model + "provider", () -> "stub");
            properties.add(model + "model", () -> "stub-" + kind);
            properties.add(model + "key", () -> ModelStub.KEY);
            properties.add(model + "calls.silence", () -> "800ms");
            properties.add(model + "calls.pause", () -> "1ms");
        }
    }

    /** The FHIR base URL. */
    protected final String base() {
        return "http://127.0.0.1:" + port + "/fhir";
    }

    /** HAPI's own client, of a backend service that may do everything. */
    protected final IGenericClient client() {
        return clientAs(TestIssuer.system());
    }

    protected final IGenericClient clientAs(String token) {
        FhirContext fhir = FhirContext.forR4Cached();
        fhir.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
        fhir.getRestfulClientFactory().setSocketTimeout(120_000);
        IGenericClient client = fhir.newRestfulGenericClient(base());
        client.registerInterceptor(new BearerTokenAuthInterceptor(token));
        return client;
    }

    /** For a look at what is stored, whoever may see it: no policy binds the tables' owner. */
    protected static JdbcClient asOwner(Login login) {
        return JdbcClient.create(new DriverManagerDataSource(login.url(), login.user(), login.password()));
    }

    protected final HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base() + path)));
    }

    protected final HttpResponse<String> post(String path, String contentType, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** Sends as the service that may do everything, unless the request has a token of its own. */
    protected static HttpResponse<String> send(HttpRequest.Builder request) {
        return request.build().headers().firstValue("Authorization").isPresent()
                ? sendBare(request)
                : sendAs(TestIssuer.system(), request);
    }

    protected static HttpResponse<String> sendAs(String token, HttpRequest.Builder request) {
        return sendBare(request.setHeader("Authorization", "Bearer " + token));
    }

    /** Sends as it is, without a token unless it has one. */
    protected static HttpResponse<String> sendBare(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A new directory below target. */
    protected static Path newDirectory(String prefix) {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target")), prefix);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** One directory for all contexts of a run, below target. */
    private static final class TestDirectory {
        private static final Path PATH = newDirectory("database");

        static String path() {
            return PATH.toString();
        }
    }
}
