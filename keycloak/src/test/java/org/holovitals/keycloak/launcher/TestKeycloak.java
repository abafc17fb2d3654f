package org.holovitals.keycloak.launcher;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one Keycloak of this test run, with its own PostgreSQL and a stand-in for our server's answers about launches. */
record TestKeycloak(KeycloakServer server, KeycloakSettings settings, LaunchAnswers answers, Keys keys, Api api) {
    static final String FHIR_BASE = "http://127.0.0.1:8080/fhir";
    static final String REDIRECT = "http://127.0.0.1:8765/callback";
    static final String RECORD = "demonstration-record";

    private static @Nullable TestKeycloak instance;

    static synchronized TestKeycloak get() {
        TestKeycloak running = instance;
        if (running == null) {
            running = start();
            instance = running;
        }
        return running;
    }

    /** Ends Keycloak and starts it again on the same database. */
    static synchronized TestKeycloak restart() {
        TestKeycloak running = get();
        running.server.close();
        instance = running.with(KeycloakServer.start(running.settings));
        return get();
    }

    private TestKeycloak with(KeycloakServer newServer) {
        return new TestKeycloak(newServer, settings, answers, keys, new Api(newServer));
    }

    @SuppressWarnings("resource") // all of it ends with the JVM
    private static TestKeycloak start() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
            LaunchAnswers answers = LaunchAnswers.start();
            Keys keys = Keys.generate();
            Path directory = Files.createTempDirectory("keycloak-test");
            KeycloakSettings settings = KeycloakSettings.of(
                            directory,
                            postgres.getJdbcUrl("postgres", "postgres"),
                            "postgres",
                            "postgres",
                            0,
                            FHIR_BASE)
                    .development(List.of(REDIRECT), List.of(RECORD))
                    .launchUrl(answers.url())
                    .backendJwks(keys.jwks());
            KeycloakServer server = KeycloakServer.start(settings);
            return new TestKeycloak(server, settings, answers, keys, new Api(server));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
