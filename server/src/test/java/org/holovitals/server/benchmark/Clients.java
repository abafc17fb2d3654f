package org.holovitals.server.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the same task in several threads, each with a connection of its own. */
final class Clients {
    private Clients() {}

    /** What one client does. */
    @FunctionalInterface
    interface Task {
        void run(Client client) throws IOException;
    }

    /** Returns when all have ended; the first failure is thrown. */
    static void run(Subject subject, int number, Task task) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(number);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                int client = i;
                running.add(threads.submit(() -> {
                    try (Client own = subject.client(client)) {
                        task.run(own);
                    }
                    return true;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(subject.name() + ": " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
