package org.holovitals.server.importing;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes what is read through it. */
final class HashingStream extends InputStream {
    private final DigestInputStream content;
    private long bytes;

    HashingStream(InputStream content) {
        this.content = new DigestInputStream(content, sha256Digest());
    }

    static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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
