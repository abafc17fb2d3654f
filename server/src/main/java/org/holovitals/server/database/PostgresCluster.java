package org.holovitals.server.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** PostgreSQL's data in one directory, and the server process over it. */
final class PostgresCluster {
    private static final long LOG_LIMIT = 16L << 20;

    private final Path directory;
    private final Path data;
    private final PostgresPrograms programs;

    PostgresCluster(Path directory, PostgresPrograms programs) {
        this.directory = directory;
        this.data = directory.resolve("cluster");
        this.programs = programs;
    }

    /** Makes the cluster when there is none. A half-made one of an interrupted first start is thrown away. */
    void initialize(String superuserPassword, boolean durable) throws IOException {
        if (Files.exists(data)) {
            return;
        }
        Path unfinished = directory.resolve("cluster.unfinished");
        PrivateFiles.deleteTree(unfinished);
        Path passwordFile = directory.resolve("initdb.password");
        PrivateFiles.write(passwordFile, superuserPassword + "\n");
        try {
            programs.run(
                            "initdb",
                            "--pgdata=" + unfinished,
                            "--username=postgres",
                            "--pwfile=" + passwordFile,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            // PostgreSQL's own collation: the system's may change under the indexes with an upgrade.
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--no-instructions",
                            durable ? "--sync-method=fsync" : "--no-sync")
                    .orThrow("Making the database in " + directory);
        } finally {
            Files.delete(passwordFile);
        }
        PrivateFiles.replace(unfinished, data);
    }

    /** Starts the server on a free loopback port, the preferred one when that is free, and returns the port. */
    int start(int preferred, boolean durable) throws IOException {
        rotateLog();
        for (int attempt = 1; ; attempt++) {
            int port = freePort(attempt == 1 ? preferred : 0);
            PostgresConfiguration.write(data, port, durable);
            PostgresPrograms.Outcome outcome =
                    programs.run("pg_ctl", "start", "-w", "-t", "300", "-D", data.toString(), "-l", log().toString());
            if (outcome.exitCode() == 0) {
                return port;
            }
            // Between looking and starting, another process may have taken the port.
            if (attempt == 3 || !lastLogLines().contains("could not bind")) {
                throw new IllegalStateException("PostgreSQL did not start in " + directory + ": "
                        + outcome.output().strip() + "\n" + lastLogLines());
            }
        }
    }

    /** Ends the server after a checkpoint; open transactions are rolled back. Nothing happens when none runs. */
    void stop() {
        Optional<ProcessHandle> server = server();
        if (server.isEmpty()) {
            return;
        }
        if (stop("fast").exitCode() != 0 && server().isPresent()) {
            stop("immediate").orThrow("Stopping PostgreSQL in " + directory);
        }
        awaitExit(server.get());
    }

    private PostgresPrograms.Outcome stop(String mode) {
        return programs.run("pg_ctl", "stop", "-m", mode, "-w", "-t", "60", "-D", data.toString());
    }

    /**
     * pg_ctl returns when the process id file is gone, a moment before the process is. One without a command has
     * ended and only waits to be counted by its parent.
     */
    private static void awaitExit(ProcessHandle server) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (server.info().command().isPresent() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /**
     * Ends a server that outlived its starter. A process id file that names some other, unrelated process is
     * removed: after a restart of the machine the id may belong to anyone.
     */
    void stopLeftover() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (Files.notExists(pidFile)) {
            return;
        }
        if (server().isPresent()) {
            stop();
        } else if (process(pidFile).isPresent()) {
            Files.deleteIfExists(pidFile);
        }
    }

    private Optional<ProcessHandle> server() {
        return process(data.resolve("postmaster.pid")).filter(PostgresCluster::isPostgres);
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(true);
    }

    private static Optional<ProcessHandle> process(Path pidFile) {
        try (Stream<String> lines = Files.lines(pidFile)) {
            return ProcessHandle.of(Long.parseLong(lines.findFirst().orElse("").strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static int freePort(int preferred) throws IOException {
        try (ServerSocket socket =
                new ServerSocket(preferred, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            if (preferred == 0) {
                throw e;
            }
            return freePort(0);
        }
    }

    private Path log() {
        return directory.resolve("postgresql.log");
    }

    private void rotateLog() throws IOException {
        Path log = PrivateFiles.file(log());
        if (Files.size(log) > LOG_LIMIT) {
            Files.move(log, directory.resolve("postgresql.log.1"), StandardCopyOption.REPLACE_EXISTING);
            PrivateFiles.file(log);
        }
    }

    private String lastLogLines() throws IOException {
        List<String> lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    }
}
