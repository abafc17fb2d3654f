package org.holovitals.server.database;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/** The file by which the user's other commands find the server that is open on a data directory. */
record RunningServer(long processId, long startedAt, int port) {

    /** A server on the port that this process runs. */
    static RunningServer here(int port) {
        ProcessHandle self = ProcessHandle.current();
        return new RunningServer(self.pid(), startOf(self), port);
    }

    void write(Path directory) throws IOException {
        PrivateFiles.write(
                file(directory), "process=" + processId + "\nstarted=" + startedAt + "\nport=" + port + "\n");
    }

    /** What the last server wrote. It may be gone. */
    static Optional<RunningServer> read(Path directory) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file(directory))) {
            properties.load(reader);
            return Optional.of(new RunningServer(
                    Long.parseLong(properties.getProperty("process", "")),
                    Long.parseLong(properties.getProperty("started", "")),
                    Integer.parseInt(properties.getProperty("port", ""))));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether its process holds the directory and lives; a later process with the same id is not taken for it. */
    boolean holds(Path directory) {
        return DirectoryLock.holder(directory) == processId
                && ProcessHandle.of(processId)
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> startOf(process) == startedAt)
                        .isPresent();
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static Path file(Path directory) {
        return directory.resolve("server.properties");
    }
}
