package org.holovitals.keycloak.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LifeTest {
    @Test
    void closingAndTheNextStartAfterAKillEndAllProcessesAndKeepTheRealm() throws IOException, InterruptedException {
        TestKeycloak keycloak = TestKeycloak.get();
        String user = keycloak.api().patient("first");
        List<ProcessHandle> closed = tree(keycloak.server().pid());
        assertThat(closed).hasSizeGreaterThan(1).allMatch(ProcessTree::isRunning);
        keycloak.server().close();
        assertThat(closed).noneMatch(ProcessTree::isRunning);

        List<ProcessHandle> left = leftByAKilledJvm(keycloak.settings());
        assertThat(left).hasSizeGreaterThan(1).allMatch(ProcessTree::isRunning);
        TestKeycloak again = TestKeycloak.restart();
        assertThat(left).noneMatch(ProcessTree::isRunning);

        assertThat(new Browser(again)
                        .open("launch/patient patient/Goal.rs")
                        .login(user, Api.PASSWORD)
                        .allow("")
                        .tokens()
                        .path("patient")
                        .asText())
                .isEqualTo("first");
        assertThat(Files.readString(again.settings().directory().resolve("keycloak.log")))
                .doesNotContain(Api.PASSWORD)
                .doesNotContain(":7800");
    }

    /** Its JVM is killed as soon as Keycloak's runs. */
    private static List<ProcessHandle> leftByAKilledJvm(KeycloakSettings settings)
            throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        settings.directory().toString(),
                        settings.jdbcUrl())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Path pidFile = settings.directory().resolve("keycloak.pid");
        try {
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> isWritten(pidFile) && hasJava(pid(pidFile)));
        } finally {
            child.destroyForcibly().waitFor();
        }
        return tree(pid(pidFile));
    }

    private static boolean isWritten(Path pidFile) throws IOException {
        return Files.exists(pidFile) && Files.readString(pidFile).contains(" ");
    }

    private static long pid(Path pidFile) throws IOException {
        return Long.parseLong(Files.readString(pidFile).split(" ", 2)[0]);
    }

    /** Keycloak's script starts other programs before. */
    private static boolean hasJava(long pid) {
        return tree(pid).stream()
                .anyMatch(process -> process.info().command().orElse("").contains("java"));
    }

    private static List<ProcessHandle> tree(long pid) {
        ProcessHandle root = ProcessHandle.of(pid).orElseThrow();
        return Stream.concat(root.descendants(), Stream.of(root)).toList();
    }

    /** Another JVM that starts Keycloak, and waits. */
    static final class Child {
        private Child() {}

        @SuppressWarnings("resource") // it is killed
        public static void main(String[] arguments) throws InterruptedException {
            KeycloakServer.start(KeycloakSettings.of(
                    Path.of(arguments[0]), arguments[1], "postgres", "postgres", 0, TestKeycloak.FHIR_BASE));
            Thread.sleep(Duration.ofMinutes(10).toMillis());
        }
    }

    @Test
    void aSecondKeycloakInTheSameDirectoryIsRefused() {
        TestKeycloak keycloak = TestKeycloak.get();

        assertThatThrownBy(() -> KeycloakServer.start(keycloak.settings()).close())
                .isInstanceOf(KeycloakFailed.class)
                .hasMessageContaining("use another directory");
    }

    @Test
    void aTakenPortIsNamed(@TempDir Path directory) throws IOException {
        KeycloakSettings base = TestKeycloak.get().settings();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            KeycloakSettings settings = KeycloakSettings.of(
                    directory,
                    base.jdbcUrl(),
                    base.user(),
                    base.password(),
                    taken.getLocalPort(),
                    TestKeycloak.FHIR_BASE);

            assertThatThrownBy(() -> KeycloakServer.start(settings).close())
                    .isInstanceOf(KeycloakFailed.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " of 127.0.0.1 is taken");
        }
        assertThat(directory.resolve("keycloak.pid")).doesNotExist();
    }
}
