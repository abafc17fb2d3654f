package org.holovitals.server.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;

/** Undoes what was begun, the last first, once: at the end of the program or when it is interrupted. */
final class Cleanup implements AutoCloseable {
    private final Deque<Runnable> steps = new ArrayDeque<>();

    /** Also when the process gets SIGTERM or Ctrl-C. */
    static Cleanup atExit() {
        Cleanup cleanup = new Cleanup();
        Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close, "benchmark-cleanup"));
        return cleanup;
    }

    synchronized void add(Runnable step) {
        steps.push(step);
    }

    /** A new directory that goes with all that is in it. */
    Path directory() throws IOException {
        Path directory = Files.createTempDirectory("holovitals-bench");
        add(() -> delete(directory));
        return directory;
    }

    @Override
    public synchronized void close() {
        while (!steps.isEmpty()) {
            steps.pop().run();
        }
    }

    private static void delete(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
