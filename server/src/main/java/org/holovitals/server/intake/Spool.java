package org.holovitals.server.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import org.holovitals.server.base.Sha256;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/** A file that was brought, while it is read. */
final class Spool implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final HiddenFile file;
    private final String sha256;
    private final long bytes;

    private Spool(HiddenFile file, String sha256, long bytes) {
        this.file = file;
        this.sha256 = sha256;
        this.bytes = bytes;
    }

    /** Takes a stream to its end, or refuses it as too large; nothing is left of one that fails. */
    static Spool of(InputStream in, Path directory, UUID id, long most) throws IOException {
        HiddenFile file = HiddenFile.in(directory, id.toString());
        MessageDigest digest = Sha256.digest();
        try {
            long bytes = file.write(out -> copy(in, out, digest, most));
            return new Spool(file, HexFormat.of().formatHex(digest.digest()), bytes);
        } catch (IOException | RuntimeException e) {
            file.close();
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
        return file.open();
    }

    String sha256() {
        return sha256;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
