package org.holovitals.server;

import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A PostgreSQL in Docker for all tests of a run. */
final class TestContainer {
    private TestContainer() {}

    private static final class Holder {
        @SuppressWarnings("resource") // Testcontainers removes it when the JVM ends
        static final PostgreSQLContainer RUNNING = new PostgreSQLContainer("postgres:18.1");

        static {
            RUNNING.start();
        }
    }

    /** Docker is asked only where it may be: the question takes seconds where it is not. */
    static boolean isWanted() {
        return System.getenv("SPRING_DATASOURCE_URL") == null
                && (System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock")))
                && DockerClientFactory.instance().isDockerAvailable();
    }

    static PostgreSQLContainer get() {
        return Holder.RUNNING;
    }
}
