package org.holovitals.keycloak.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DistributionTest {
    @Test
    void anotherFileIsNotTaken(@TempDir Path directory) throws IOException {
        Path zip = Files.writeString(directory.resolve("keycloak.zip"), "no zip");

        assertThatThrownBy(() -> new Distribution(zip, KeycloakSettings.CENTRAL, directory).zip())
                .isInstanceOf(KeycloakFailed.class)
                .hasMessageContaining("its SHA-256 is");
    }

    @Test
    void aPathThatIsNotThereIsNamed(@TempDir Path directory) {
        Path zip = directory.resolve("absent.zip");

        assertThatThrownBy(() -> new Distribution(zip, KeycloakSettings.CENTRAL, directory).zip())
                .isInstanceOf(KeycloakFailed.class)
                .hasMessageContaining(zip.toString());
    }

    @Test
    void aRepositoryWithoutItSaysWhatToDo(@TempDir Path directory) throws IOException {
        HttpServer repository = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        repository.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        repository.start();
        String before = System.getProperty("maven.repo.local", "");
        System.setProperty("maven.repo.local", directory.toString());
        try {
            URI base = URI.create("http://127.0.0.1:" + repository.getAddress().getPort() + "/");
            assertThatThrownBy(() -> new Distribution(null, base, directory).zip())
                    .isInstanceOf(KeycloakFailed.class)
                    .hasMessageContaining("it answers 404")
                    .hasMessageContaining("Put keycloak-quarkus-dist-26.7.3.zip into " + directory);
            assertThat(directory).isEmptyDirectory();
        } finally {
            repository.stop(0);
            if (before.isEmpty()) {
                System.clearProperty("maven.repo.local");
            } else {
                System.setProperty("maven.repo.local", before);
            }
        }
    }
}
