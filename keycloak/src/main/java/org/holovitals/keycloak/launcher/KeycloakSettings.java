package org.holovitals.keycloak.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a Keycloak of our own runs.
 *
 * @param directory its pid file, log and secrets; one running Keycloak for each directory
 * @param jdbcUrl the PostgreSQL database that gets its schema `keycloak`
 * @param port the port on 127.0.0.1; 0 picks a free one
 * @param fhirBaseUrl the FHIR base URL, the audience of its tokens
 * @param launchUrl where our server answers about EHR launches and patients' names; null where it does not
 * @param development whether a new realm has the demonstration users and the demonstration app
 * @param redirectUris where the demonstration app may be sent back to
 * @param patients the FHIR ids of the demonstration patient's records
 * @param backendJwks public keys of the backend client as a JSON Web Key Set, or null
 * @param distribution the distribution's zip; null looks for it in the usual places
 * @param repository the Maven repository that has the zip when this machine does not
 * @param patience how long a start may take
 */
public record KeycloakSettings(
        Path directory,
        String jdbcUrl,
        String user,
        String password,
        int port,
        String fhirBaseUrl,
        @Nullable String launchUrl,
        boolean development,
        List<String> redirectUris,
        List<String> patients,
        @Nullable String backendJwks,
        @Nullable Path distribution,
        URI repository,
        Duration patience) {

    /** Maven Central. */
    public static final URI CENTRAL = URI.create("https://repo.maven.apache.org/maven2/");

    public KeycloakSettings {
        redirectUris = List.copyOf(redirectUris);
        patients = List.copyOf(patients);
    }

    /** Settings of a realm without demonstration users; the distribution comes from this machine or Maven Central. */
    public static KeycloakSettings of(
            Path directory, String jdbcUrl, String user, String password, int port, String fhirBaseUrl) {
        return new KeycloakSettings(
                directory,
                jdbcUrl,
                user,
                password,
                port,
                fhirBaseUrl,
                null,
                false,
                List.of(),
                List.of(),
                null,
                null,
                CENTRAL,
                Duration.ofMinutes(10));
    }

    /** The same with demonstration users, whose patient has these records, and a demonstration app. */
    public KeycloakSettings development(List<String> newRedirectUris, List<String> newPatients) {
        return copy(change -> {
            change.development = true;
            change.redirectUris = newRedirectUris;
            change.patients = newPatients;
        });
    }

    /** The same with our server's answers about launches. */
    public KeycloakSettings launchUrl(String newLaunchUrl) {
        return copy(change -> change.launchUrl = newLaunchUrl);
    }

    /** The same with the backend client's public keys. */
    public KeycloakSettings backendJwks(String newBackendJwks) {
        return copy(change -> change.backendJwks = newBackendJwks);
    }

    /** The same with another source of the distribution. */
    public KeycloakSettings distribution(@Nullable Path newDistribution, URI newRepository) {
        return copy(change -> {
            change.distribution = newDistribution;
            change.repository = newRepository;
        });
    }

    private KeycloakSettings copy(Consumer<Change> edit) {
        Change change = new Change(this);
        edit.accept(change);
        return new KeycloakSettings(
                directory,
                jdbcUrl,
                user,
                password,
                port,
                fhirBaseUrl,
                change.launchUrl,
                change.development,
                change.redirectUris,
                change.patients,
                change.backendJwks,
                change.distribution,
                change.repository,
                patience);
    }

    /** What may be set after {@link #of}. */
    private static final class Change {
        private @Nullable String launchUrl;
        private boolean development;
        private List<String> redirectUris;
        private List<String> patients;
        private @Nullable String backendJwks;
        private @Nullable Path distribution;
        private URI repository;

        Change(KeycloakSettings settings) {
            launchUrl = settings.launchUrl;
            development = settings.development;
            redirectUris = settings.redirectUris;
            patients = settings.patients;
            backendJwks = settings.backendJwks;
            distribution = settings.distribution;
            repository = settings.repository;
        }
    }

    @Override
    public String toString() {
        return "KeycloakSettings[directory=" + directory + ", port=" + port + "]";
    }
}
