package org.holovitals.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.holovitals.migrations.Login;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedDatabaseProcessesTest {
    private static final String NOTES = "SELECT string_agg(text, ',') FROM note";

    private Path directory;

    @BeforeEach
    void temporary(@TempDir Path temporary) {
        directory = temporary;
    }

    @Test
    void anotherProcessIsRefusedByNameAndMayJoin() throws Exception {
        try (HoldingProcess holder = HoldingProcess.start(directory)) {
            assertThatThrownBy(() -> EmbeddedDatabase.open(directory, true))
                    .isInstanceOf(DirectoryInUse.class)
                    .hasMessageContaining("process " + holder.id())
                    .hasMessageContaining("kill " + holder.id());

            Login joined = EmbeddedDatabase.join(directory).orElseThrow();
            assertThat(Queries.text(joined, NOTES)).isEqualTo("committed");
            holder.exit();
        }
    }

    @Test
    void afterAKillThatSparesTheServerCommittedDataIsThere() throws Exception {
        long server;
        try (HoldingProcess holder = HoldingProcess.start(directory)) {
            server = postmaster();
            holder.kill();
        }
        assertThat(isAlive(server)).as("the server outlives its starter").isTrue();
        assertThat(EmbeddedDatabase.join(directory)).as("nothing to join").isEmpty();

        try (EmbeddedDatabase again = EmbeddedDatabase.open(directory, true)) {
            assertThat(isAlive(server)).isFalse();
            assertThat(Queries.text(again.login(), NOTES)).isEqualTo("committed");
        }
    }

    @Test
    void afterAKillOfBothTheLogIsReplayed() throws Exception {
        try (HoldingProcess holder = HoldingProcess.start(directory)) {
            ProcessHandle server = ProcessHandle.of(postmaster()).orElseThrow();
            holder.kill();
            server.destroyForcibly();
            server.onExit().get();
        }
        try (EmbeddedDatabase again = EmbeddedDatabase.open(directory, true)) {
            assertThat(Queries.text(again.login(), NOTES)).isEqualTo("committed");
            assertThat(Files.readString(directory.resolve("postgresql.log"))).contains("redo starts");
        }
    }

    @Test
    void aProcessThatExitsWithoutClosingLeavesNoServerBehind() throws Exception {
        long server;
        try (HoldingProcess holder = HoldingProcess.start(directory)) {
            server = postmaster();
            holder.exit();
        }
        assertThat(isAlive(server)).isFalse();
        assertThat(directory.resolve("cluster/postmaster.pid")).doesNotExist();
    }

    @Test
    void closingStopsTheServerAndReopeningKeepsDataAndAddress() throws Exception {
        String url;
        long server;
        try (EmbeddedDatabase first = EmbeddedDatabase.open(directory, true)) {
            Queries.execute(first.login(), "CREATE TABLE note AS SELECT 'kept' AS text");
            url = first.login().url();
            server = postmaster();
        }
        assertThat(isAlive(server)).isFalse();
        assertThat(EmbeddedDatabase.join(directory)).isEmpty();

        Instant start = Instant.now();
        try (EmbeddedDatabase second = EmbeddedDatabase.open(directory, true)) {
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
            assertThat(second.login().url()).isEqualTo(url);
            assertThat(Queries.text(second.login(), NOTES)).isEqualTo("kept");
        }
    }

    @Test
    void aProcessIdThatNowBelongsToAnotherProgramIsNoObstacle() throws Exception {
        EmbeddedDatabase.open(directory, true).close();
        Path pidFile = directory.resolve("cluster/postmaster.pid");
        Files.writeString(pidFile, ProcessHandle.current().pid() + "\n" + directory.resolve("cluster") + "\n");
        try (EmbeddedDatabase again = EmbeddedDatabase.open(directory, true)) {
            assertThat(Queries.text(again.login(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void theEndMayBeLeftToTheApplication() {
        Runnable[] end = new Runnable[1];
        EmbeddedDatabase database = EmbeddedDatabase.open(directory, false);
        database.closeWith(runnable -> end[0] = runnable);
        assertThat(end[0]).isNotNull();
        end[0].run();
        assertThat(directory.resolve("cluster/postmaster.pid")).doesNotExist();
        database.close();
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(directory.resolve("cluster/postmaster.pid"))
                .get(0)
                .strip());
    }

    private static boolean isAlive(long process) {
        return ProcessHandle.of(process)
                .flatMap(handle -> handle.info().command())
                .isPresent();
    }
}
