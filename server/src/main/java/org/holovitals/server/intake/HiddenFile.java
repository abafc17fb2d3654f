package org.holovitals.server.intake;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.holovitals.server.base.AesGcm;
import org.holovitals.server.database.PrivateFiles;
import org.holovitals.server.documents.OpeningStream;
import org.holovitals.server.documents.SealingStream;

/** A file on the disk under a key that is in this process's memory only: what a crash leaves of it nobody can read any more. */
final class HiddenFile implements AutoCloseable {
    private static final String SUFFIX = ".import";
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final SecretKey key = AesGcm.key(AesGcm.newKey());

    private HiddenFile(Path path) {
        this.path = path;
    }

    /** An empty one of a name that nothing else in the directory has. */
    static HiddenFile in(Path directory, String name) throws IOException {
        PrivateFiles.directory(directory);
        return new HiddenFile(PrivateFiles.file(directory.resolve(name + SUFFIX)));
    }

    /** Writes what it holds, and says what that is. */
    @FunctionalInterface
    interface Writer<T> {
        T to(OutputStream out) throws IOException;
    }

    /** Writes it, once. */
    <T> T write(Writer<T> writer) throws IOException {
        try (OutputStream disk = Files.newOutputStream(path);
                OutputStream sealed = new SealingStream(disk, key)) {
            return writer.to(sealed);
        }
    }

    /** The bytes from their beginning, for the caller to close. */
    InputStream open() throws IOException {
        return new BufferedInputStream(new OpeningStream(Files.newInputStream(path), key), BUFFER);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }

    /** Removes what ended processes left. */
    static void sweep(Path directory, Instant before) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(SUFFIX)).toList()) {
                if (Files.exists(file)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
