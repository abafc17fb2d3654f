package org.holovitals.server.importing;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.util.HexFormat;
import org.holovitals.server.base.Sha256;

/** Counts and hashes what is read through it. */
final class HashingStream extends InputStream {
    private final DigestInputStream content;
    private long bytes;

    HashingStream(InputStream content) {
        this.content = new DigestInputStream(content, Sha256.digest());
    }

    @Override
    public int read() throws IOException {
        int next = content.read();
        bytes += next < 0 ? 0 : 1;
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = content.read(buffer, offset, length);
        bytes += Math.max(0, read);
        return read;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    long bytes() {
        return bytes;
    }

    /** The hash of everything so far, which ends the hashing. */
    String sha256() {
        return HexFormat.of().formatHex(content.getMessageDigest().digest());
    }
}
