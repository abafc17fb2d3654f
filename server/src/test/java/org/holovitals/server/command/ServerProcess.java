package org.holovitals.server.command;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.server.TestIssuer;

/** {@code serve} in a JVM of its own, as an operator runs it. */
public final class ServerProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("FHIR R4 +(\\S+)");

    private final Process process;
    private final Path directory;
    private final String base;

    private ServerProcess(Process process, Path directory, String base) {
        this.process = process;
        this.directory = directory;
        this.base = base;
    }

    /** A server that trusts the test issuer, on any port; returns when it says that it is ready. */
    static ServerProcess start(Path directory) throws IOException {
        return start(
                directory,
                Map.of(
                        "SERVER_PORT",
                        "0",
                        "HOLOVITALS_IDENTITY_ISSUER",
                        TestIssuer.name(),
                        "HOLOVITALS_IDENTITY_AUDIENCE",
                        TestIssuer.AUDIENCE));
    }

    /** A server with its own Keycloak, the sample and the demonstration logins. */
    public static ServerProcess startDevelopment(Path directory, int port, int keycloakPort) throws IOException {
        return start(
                directory,
                Map.of("SERVER_PORT", String.valueOf(port), "KEYCLOAK_PORT", String.valueOf(keycloakPort)),
                "--development");
    }

    private static ServerProcess start(Path directory, Map<String, String> environment, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=256m",
                "-cp",
                System.getProperty("java.class.path"),
                HoloVitals.class.getName(),
                "serve"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOLOVITALS_DATA", directory.toString());
        builder.environment().putAll(environment);
        builder.environment().remove("SPRING_DATASOURCE_URL");
        Process process = builder.start();
        return new ServerProcess(process, directory, address(process));
    }

    private static String address(Process process) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                drain(output);
                return address.group(1);
            }
        }
        throw new IOException("The server ended early:\n" + String.join("\n", lines));
    }

    /** A full pipe would stop the server. */
    private static void drain(BufferedReader output) {
        Thread reader = new Thread(() -> {
            try {
                while (output.readLine() != null) {
                    // Nobody reads it.
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        reader.setDaemon(true);
        reader.setUncaughtExceptionHandler((thread, problem) -> {});
        reader.start();
    }

    IGenericClient client() {
        FhirContext fhir = FhirContext.forR4Cached();
        fhir.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
        fhir.getRestfulClientFactory().setSocketTimeout(60_000);
        IGenericClient client = fhir.newRestfulGenericClient(base);
        client.registerInterceptor(new BearerTokenAuthInterceptor(TestIssuer.system()));
        return client;
    }

    /** The FHIR base URL. */
    public String base() {
        return base;
    }

    /** SIGKILL for the server and for its PostgreSQL, as when the machine loses power. */
    void kill() throws IOException, InterruptedException {
        long postmaster = Long.parseLong(Files.readAllLines(directory.resolve("cluster/postmaster.pid"))
                .get(0)
                .strip());
        process.destroyForcibly();
        ProcessHandle.of(postmaster).ifPresent(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    /** SIGTERM; returns the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
