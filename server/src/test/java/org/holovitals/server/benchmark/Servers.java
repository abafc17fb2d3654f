package org.holovitals.server.benchmark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.holovitals.server.TestIssuer;

/** Starts the servers, each in a process of its own with the same memory, on loopback. */
final class Servers {
    private static final Duration START = Duration.ofMinutes(15);
    private static final String MEMORY = "-Xmx2g";

    private final Path directory;
    private final Cluster cluster;
    private final Cleanup cleanup;

    Servers(Path directory, Cluster cluster, Cleanup cleanup) {
        this.directory = directory;
        this.cluster = cluster;
        this.cleanup = cleanup;
    }

    /** Stock HAPI: the classes of this build, wired as its public starter wires them. */
    Subject stock() throws IOException, InterruptedException {
        Store store = cluster.stock();
        int port = freePort();
        Process process = start(
                Subject.STOCK,
                List.of("-Dspring.config.name=stock", "-cp", absoluteClassPath(), StockServer.class.getName()),
                Map.of(
                        "SERVER_PORT",
                        String.valueOf(port),
                        "STOCK_URL",
                        store.login().url(),
                        "STOCK_USER",
                        store.login().user(),
                        "STOCK_PASSWORD",
                        store.login().password()));
        return ready(process, new Subject(Subject.STOCK, port, Optional.empty(), store, process.pid()));
    }

    /** This server as operators run it: its jar, with an issuer on loopback in place of Keycloak. */
    Subject own(Settings settings) throws IOException, InterruptedException {
        Store store = cluster.own();
        int port = freePort();
        List<String> arguments = new ArrayList<>();
        if (settings.profile()) {
            arguments.add("-XX:StartFlightRecording=settings=profile,filename=" + settings.recording());
        }
        arguments.addAll(List.of("-jar", settings.jar().toString(), "serve"));
        Process process = start(
                Subject.OWN,
                arguments,
                Map.of(
                        "SERVER_PORT",
                        String.valueOf(port),
                        "HOLOVITALS_IDENTITY_ISSUER",
                        TestIssuer.name(),
                        "HOLOVITALS_IDENTITY_AUDIENCE",
                        TestIssuer.AUDIENCE,
                        "HOLOVITALS_DATA",
                        directory.resolve("own").toString(),
                        "SPRING_DATASOURCE_URL",
                        store.login().url(),
                        "SPRING_DATASOURCE_USERNAME",
                        store.login().user(),
                        "SPRING_DATASOURCE_PASSWORD",
                        store.login().password()));
        return ready(process, new Subject(Subject.OWN, port, Optional.of(new Callers()), store, process.pid()));
    }

    private Process start(String name, List<String> arguments, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), MEMORY));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        cleanup.add(() -> end(process));
        return process;
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Subject ready(Process process, Subject subject) throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (!answers(subject)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException(subject.name() + " did not start:\n" + lastLines(subject.name()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        return subject;
    }

    private static boolean answers(Subject subject) {
        try (Client client = subject.client(0)) {
            client.get(Role.SERVICE, "/fhir/metadata");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The end of a server's log, for the message of whoever found something wrong. */
    String lastLines(String name) throws IOException {
        List<String> lines = Files.readAllLines(log(name)).stream()
                .filter(line -> !line.contains(StockServer.ACCESS_LOG))
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The servers run in a directory of their own. */
    private static String absoluteClassPath() {
        List<String> absolute = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            absolute.add(Path.of(part).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, absolute);
    }
}
