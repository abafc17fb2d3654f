package org.holovitals.server.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The npm packages of {@code src/test/js}, put into target by {@code npm ci}, which checks them against the lock file. */
public final class NodeModules {
    private static final Path SOURCE = Path.of("src/test/js");
    private static final Path TARGET = Path.of("target/js");

    private NodeModules() {}

    /** The folder with scripts and packages; where npm or its registry is missing, the test is skipped, saying so. */
    public static synchronized Path ready() throws IOException, InterruptedException {
        onPath("node", "Node.js is not on this machine");
        onPath("npm", "npm is not on this machine");
        Files.createDirectories(TARGET);
        boolean isCurrent = Files.isDirectory(TARGET.resolve("node_modules/fhirclient"));
        for (String file :
                List.of("package.json", "package-lock.json", ".npmrc", "app.html", "clients.cjs", "launch.cjs")) {
            isCurrent &= !file.startsWith("package") || isSame(file);
            Files.copy(SOURCE.resolve(file), TARGET.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!isCurrent) {
            String output = run(TARGET, List.of("npm", "ci"));
            assumeTrue(
                    Files.isDirectory(TARGET.resolve("node_modules/fhirclient")),
                    "npm cannot get the packages of src/test/js/package-lock.json: " + output);
        }
        return TARGET;
    }

    /** What a command writes to its two outputs. */
    static String run(Path directory, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            return Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            Files.delete(output);
        }
    }

    private static boolean isSame(String file) {
        try {
            Path copy = TARGET.resolve(file);
            return Files.exists(copy) && Files.mismatch(SOURCE.resolve(file), copy) < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program; where it is missing, the test is skipped, saying so. */
    static Path onPath(String program, String otherwise) {
        Optional<Path> found = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), otherwise);
        return found.orElseThrow();
    }
}
