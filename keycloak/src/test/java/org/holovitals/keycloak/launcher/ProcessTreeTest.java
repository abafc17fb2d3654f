package org.holovitals.keycloak.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessTreeTest {
    @Test
    void whatAKilledJvmLeftIsEndedWithItsChildren(@TempDir Path directory) throws IOException {
        Process script = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; wait").start();
        ProcessHandle child = child(script);
        Path file = directory.resolve("keycloak.pid");
        ProcessTree.remember(script.toHandle(), file);

        ProcessTree.endRemembered(file);

        assertThat(ProcessTree.isRunning(script.toHandle())).isFalse();
        assertThat(ProcessTree.isRunning(child)).isFalse();
        assertThat(file).doesNotExist();
    }

    @Test
    void anotherProcessOfTheSameIdIsLeftAlone(@TempDir Path directory) throws IOException {
        Process script = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; wait").start();
        child(script);
        Path file = directory.resolve("keycloak.pid");
        Files.writeString(
                file, script.pid() + " " + Instant.now().minusSeconds(60).toEpochMilli());

        ProcessTree.endRemembered(file);

        assertThat(script.isAlive()).isTrue();
        ProcessTree.end(script.toHandle());
        assertThat(ProcessTree.isRunning(script.toHandle())).isFalse();
    }

    private static ProcessHandle child(Process script) throws IOException {
        BufferedReader out = script.inputReader();
        return ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
    }
}
