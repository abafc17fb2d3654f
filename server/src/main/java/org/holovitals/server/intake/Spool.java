package org.holovitals.server.intake;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.holovitals.server.base.AesGcm;
import org.holovitals.server.base.Sha256;
import org.holovitals.server.database.PrivateFiles;
import org.holovitals.server.documents.OpeningStream;
import org.holovitals.server.documents.SealingStream;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/**
 * A file while it is read, encrypted under a key that is in this process's memory only: what a crash leaves on the disk nobody
 * can read any more.
 */
final class Spool implements AutoCloseable {
    private static final String SUFFIX = ".import";
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final SecretKey key;
    private final String sha256;
    private final long bytes;

    private Spool(Path file, SecretKey key, String sha256, long bytes) {
        this.file = file;
        this.key = key;
        this.sha256 = sha256;
        this.bytes = bytes;
    }

    /** Takes a stream to its end, or refuses it as too large; nothing is left of one that fails. */
    static Spool of(InputStream in, Path directory, UUID id, long most) throws IOException {
        PrivateFiles.directory(directory);
        Path file = PrivateFiles.file(directory.resolve(id + SUFFIX));
        SecretKey key = AesGcm.key(AesGcm.newKey());
        MessageDigest digest = Sha256.digest();
        try (OutputStream out = new SealingStream(Files.newOutputStream(file), key)) {
            long bytes = copy(in, out, digest, most);
            return new Spool(file, key, HexFormat.of().formatHex(digest.digest()), bytes);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static long copy(InputStream in, OutputStream out, MessageDigest digest, long most) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            bytes += count;
            if (bytes > most) {
                throw new Problem(ProblemType.IMPORT_TOO_LARGE, "A file may have " + most + " bytes");
            }
            digest.update(buffer, 0, count);
            out.write(buffer, 0, count);
        }
        if (bytes == 0) {
            throw new Problem(ProblemType.INVALID_REQUEST, "The body has to be the file; it is empty");
        }
        return bytes;
    }

    /** The bytes from their beginning, for the caller to close. */
    InputStream open() throws IOException {
        return new BufferedInputStream(new OpeningStream(Files.newInputStream(file), key), BUFFER);
    }

    String sha256() {
        return sha256;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
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
