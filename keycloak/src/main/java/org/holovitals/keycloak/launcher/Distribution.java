package org.holovitals.keycloak.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keycloak's distribution: a zip that is on this machine or comes from a Maven repository. */
record Distribution(@Nullable Path given, URI repository, Path cache) {
    static final String VERSION = "26.7.3";

    private static final String FILE = "keycloak-quarkus-dist-" + VERSION + ".zip";
    private static final String PATH = "org/keycloak/keycloak-quarkus-dist/" + VERSION + "/" + FILE;
    private static final String SHA256 = "27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f";

    /** The verified zip. */
    Path zip() throws IOException {
        if (given != null) {
            return verified(given);
        }
        Path cached = cache.resolve(FILE);
        Path found = Stream.of(localRepository().resolve(PATH), cached)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
        return verified(found != null ? found : download(cached));
    }

    private static Path localRepository() {
        String configured = System.getProperty("maven.repo.local");
        return configured != null ? Path.of(configured) : Path.of(System.getProperty("user.home"), ".m2", "repository");
    }

    private Path download(Path target) throws IOException {
        URI source = repository.resolve(PATH);
        Files.createDirectories(cache);
        Path part = Files.createTempFile(cache, "keycloak", ".part");
        try {
            HttpResponse<Path> response = HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(20))
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build()
                    .send(
                            HttpRequest.newBuilder(source)
                                    .timeout(Duration.ofMinutes(20))
                                    .build(),
                            HttpResponse.BodyHandlers.ofFile(part));
            if (response.statusCode() != 200) {
                throw new KeycloakFailed(absent(source, "it answers " + response.statusCode()));
            }
            return Files.move(
                    verified(part), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new KeycloakFailed(
                    absent(source, Objects.toString(e.getMessage(), e.getClass().getSimpleName())), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeycloakFailed(absent(source, "interrupted"), e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private String absent(URI source, String reason) {
        return "Keycloak " + VERSION + " cannot be had from " + source + ": " + reason + ". Put " + FILE + " into "
                + cache + " or name its path in the settings.";
    }

    private static Path verified(Path zip) throws IOException {
        if (!Files.isRegularFile(zip)) {
            throw new KeycloakFailed("There is no Keycloak distribution at " + zip);
        }
        String actual = sha256(zip);
        if (!actual.equals(SHA256)) {
            throw new KeycloakFailed(zip + " is not Keycloak " + VERSION + ": its SHA-256 is " + actual + ", not "
                    + SHA256 + ". Delete it to have it fetched again.");
        }
        return zip;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
