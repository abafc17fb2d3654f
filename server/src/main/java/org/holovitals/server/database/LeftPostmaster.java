package org.holovitals.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL that outlived a killed server: it is asked to stop before the next one starts on its files. */
final class LeftPostmaster {
    private static final Logger log = LoggerFactory.getLogger(LeftPostmaster.class);
    private static final int PATIENCE_SECONDS = 60;

    private LeftPostmaster() {}

    static void stop(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).trim());
        ProcessHandle.of(pid).filter(LeftPostmaster::isPostgres).ifPresent(LeftPostmaster::end);
        Files.deleteIfExists(pidFile);
    }

    /** The number may belong to something else by now. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.contains("postgres"))
                .orElse(false);
    }

    private static void end(ProcessHandle process) {
        log.info("Stopping PostgreSQL process {}, left by a server that was killed", process.pid());
        process.destroy();
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("PostgreSQL process " + process.pid() + " does not stop; end it first", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while PostgreSQL stopped", e);
        }
    }
}
