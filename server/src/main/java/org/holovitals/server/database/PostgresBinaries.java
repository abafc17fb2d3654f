package org.holovitals.server.database;

import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs for this machine, unpacked once from the class path into the user's cache. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /** The folder that holds {@code bin}, {@code lib} and {@code share}. */
    static Path unpacked() throws IOException {
        URL archive = archive();
        Path home = cache().resolve("postgresql-" + fingerprint(archive));
        if (Files.notExists(home)) {
            unpack(archive, home);
        }
        return home;
    }

    private static URL archive() {
        String name =
                "/postgres-" + system() + "-" + ArchUtils.normalize(System.getProperty("os.arch")) + flavour() + ".txz";
        return Optional.ofNullable(PostgresBinaries.class.getResource(name))
                .orElseThrow(() -> new IllegalStateException("No embedded PostgreSQL for this machine (" + name
                        + "): give the address of a PostgreSQL server with SPRING_DATASOURCE_URL."));
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return "windows";
        }
        return name.startsWith("mac") ? "darwin" : "linux";
    }

    private static String flavour() {
        return Files.exists(Path.of("/etc/alpine-release")) ? "-alpine_linux" : "";
    }

    /** A new version of the programs gets a folder of its own. */
    private static String fingerprint(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        connection.setUseCaches(false);
        String size = Long.toHexString(connection.getContentLengthLong());
        if (connection instanceof JarURLConnection jar && jar.getJarEntry() != null) {
            size += "-" + Long.toHexString(jar.getJarEntry().getCrc());
        }
        connection.getInputStream().close();
        return size;
    }

    /** Never a folder for all, like /tmp: whoever made the files there first would be run by us. */
    private static Path cache() throws IOException {
        String given = System.getenv("XDG_CACHE_HOME");
        Path base =
                given == null || given.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(given);
        return PrivateFiles.directory(base.resolve("holovitals"));
    }

    private static void unpack(URL archive, Path home) throws IOException {
        Path temporary = home.resolveSibling(home.getFileName() + "." + UUID.randomUUID());
        try (InputStream raw = archive.openStream();
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(raw))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, temporary.resolve(entry.getName()).normalize());
            }
            Files.move(temporary, home);
        } catch (IOException e) {
            PrivateFiles.deleteTree(temporary);
            // When another process was first, its folder came by the same rename and is whole.
            if (Files.notExists(home)) {
                throw e;
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if (Files.getFileAttributeView(target, PosixFileAttributeView.class) != null) {
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(program ? "rwx------" : "rw-------"));
        }
    }
}
