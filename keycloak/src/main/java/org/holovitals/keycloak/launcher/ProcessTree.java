package org.holovitals.keycloak.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Ends a process with all that it started: Keycloak's script starts a JVM and may become one. */
final class ProcessTree {
    private static final Duration GRACE = Duration.ofSeconds(15);

    /** Each JVM reckons a start from its own reading of the machine's boot time, which is off by up to a second. */
    private static final Duration JITTER = Duration.ofSeconds(5);

    private ProcessTree() {}

    static void end(ProcessHandle root) {
        List<ProcessHandle> tree =
                Stream.concat(root.descendants(), Stream.of(root)).toList();
        tree.forEach(ProcessHandle::destroy);
        if (!allEnded(tree, GRACE)) {
            tree.forEach(ProcessHandle::destroyForcibly);
            allEnded(tree, GRACE);
        }
    }

    /** Remembers a process by its id and start, because ids are used again. */
    static void remember(ProcessHandle process, Path file) throws IOException {
        Files.writeString(
                file,
                process.pid() + " " + start(process).map(Instant::toEpochMilli).orElse(0L));
    }

    /** Ends what a killed JVM left behind. */
    static void endRemembered(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        String[] words = Files.readString(file).strip().split(" ", 2);
        Instant start = Instant.ofEpochMilli(Long.parseLong(words[1]));
        ProcessHandle.of(Long.parseLong(words[0]))
                .filter(process -> start(process)
                        .filter(other -> Duration.between(start, other).abs().compareTo(JITTER) < 0)
                        .isPresent())
                .ifPresent(ProcessTree::end);
        Files.deleteIfExists(file);
    }

    private static Optional<Instant> start(ProcessHandle process) {
        return process.info().startInstant();
    }

    /** Whether it still does anything: a zombie that nobody reaps is alive to Java, but has no command. */
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static boolean allEnded(List<ProcessHandle> tree, Duration patience) {
        Instant deadline = Instant.now().plus(patience);
        while (tree.stream().anyMatch(ProcessTree::isRunning)) {
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return true;
    }
}
