package org.holovitals.keycloak.launcher;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** An unpacked Keycloak with our provider, built once for this machine and used by any number of processes. */
record Installation(Path home) {
    private static final Object ONE_AT_A_TIME = new Object();
    private static final Duration UNUSED = Duration.ofDays(90);

    /** Finds the one of this provider or makes it: in a folder of its own that gets its name when all is done. */
    static Installation of(Distribution distribution) throws IOException {
        ProviderJar provider = ProviderJar.make();
        Path cache = distribution.cache();
        Path home = cache.resolve("keycloak-" + Distribution.VERSION + "-" + provider.hash());
        synchronized (ONE_AT_A_TIME) {
            if (!Files.isDirectory(home)) {
                Files.createDirectories(cache);
                // A second process waits here rather than building the same.
                try (FileChannel channel = FileChannel.open(
                                cache.resolve("keycloak.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (lock.isValid() && !Files.isDirectory(home)) {
                        deleteOld(cache);
                        make(distribution.zip(), provider, home);
                    }
                }
            }
        }
        Files.setLastModifiedTime(home, FileTime.from(Instant.now()));
        return new Installation(home);
    }

    /** Installations of earlier providers that nobody has started for months. */
    private static void deleteOld(Path cache) throws IOException {
        Instant limit = Instant.now().minus(UNUSED);
        List<Path> old;
        try (Stream<Path> folders = Files.list(cache)) {
            old = folders.filter(folder -> folder.getFileName().toString().startsWith("keycloak-"))
                    .filter(Files::isDirectory)
                    .toList();
        }
        for (Path folder : old) {
            if (Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
                delete(folder);
            }
        }
    }

    private static void make(Path zip, ProviderJar provider, Path home) throws IOException {
        Path building = Files.createTempDirectory(home.getParent(), "keycloak-building-");
        try {
            unpack(zip, building);
            provider.writeTo(building.resolve("providers/holovitals.jar"));
            build(building);
            Files.move(building, home, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(building);
        }
    }

    private static void unpack(Path zip, Path target) throws IOException {
        try (InputStream in = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                Path file = target.resolve(name).normalize();
                if (!file.startsWith(target)) {
                    throw new KeycloakFailed(zip + " writes out of its folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(entries, file, StandardCopyOption.REPLACE_EXISTING);
                }
                if (name.endsWith(".sh") && !file.toFile().setExecutable(true)) {
                    throw new KeycloakFailed("Cannot make " + file + " executable");
                }
            }
        }
    }

    /** Fixes the database's kind, so that a start has nothing to augment. */
    private static void build(Path home) throws IOException {
        File log = home.resolve("build.log").toFile();
        Process build = new Installation(home)
                .command(List.of("build", "--db=postgres"))
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        try {
            if (!build.waitFor(5, TimeUnit.MINUTES)) {
                throw new KeycloakFailed("kc build did not end in five minutes");
            }
            if (build.exitValue() != 0) {
                throw new KeycloakFailed("kc build failed:\n" + Files.readString(log.toPath()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeycloakFailed("Interrupted while Keycloak was built", e);
        } finally {
            ProcessTree.end(build.toHandle());
        }
    }

    /** A command of Keycloak's script, in this Java and with none of our own environment's options. */
    ProcessBuilder command(List<String> arguments) {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                        Stream.of(home.resolve(windows ? "bin/kc.bat" : "bin/kc.sh")
                                .toString()),
                        arguments.stream())
                .toList());
        builder.environment().keySet().removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=128m");
        return builder;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> walk = Files.walk(folder)) {
            deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
