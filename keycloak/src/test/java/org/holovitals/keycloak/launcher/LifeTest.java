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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LifeTest {
    @Test
    void aRestartEndsAllProcessesAndKeepsTheRealm() throws IOException {
        TestKeycloak keycloak = TestKeycloak.get();
        String user = keycloak.api().patient("first");
        ProcessHandle root = ProcessHandle.of(keycloak.server().pid()).orElseThrow();
        List<ProcessHandle> descendants = root.descendants().toList();
        assertThat(descendants).isNotEmpty();

        TestKeycloak again = TestKeycloak.restart();

        assertThat(descendants).noneMatch(ProcessTree::isRunning);
        assertThat(ProcessTree.isRunning(root)).isFalse();
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

    @Test
    void whatAKilledJvmLeftIsEndedAtTheNextStart() throws IOException, InterruptedException {
        KeycloakSettings settings = TestKeycloak.get().settings();
        TestKeycloak.get().server().close();
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        settings.directory().toString(),
                        settings.jdbcUrl())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ProcessHandle left =
                ProcessHandle.of(Long.parseLong(child.inputReader().readLine())).orElseThrow();
        child.destroyForcibly().waitFor();
        List<ProcessHandle> tree =
                Stream.concat(left.descendants(), Stream.of(left)).toList();
        assertThat(tree).hasSizeGreaterThan(1).allMatch(ProcessTree::isRunning);

        TestKeycloak.restart();

        assertThat(tree).noneMatch(ProcessTree::isRunning);
    }

    /** Another JVM that starts Keycloak, says which process that is, and waits. */
    static final class Child {
        private Child() {}

        @SuppressWarnings("resource") // it is killed
        public static void main(String[] arguments) throws InterruptedException {
            KeycloakServer server = KeycloakServer.start(KeycloakSettings.of(
                    Path.of(arguments[0]), arguments[1], "postgres", "postgres", 0, TestKeycloak.FHIR_BASE));
            System.out.println(server.pid());
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
