package org.holovitals.server.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Version (1 byte), id of the data key (16), nonce (12), ciphertext with its tag. */
final class Envelope {
    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 1 + 2 * Long.BYTES;

    private final byte[] bytes;

    private Envelope(byte[] bytes) {
        this.bytes = bytes;
    }

    static byte[] header(UUID keyId) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .put(VERSION)
                .putLong(keyId.getMostSignificantBits())
                .putLong(keyId.getLeastSignificantBits())
                .array();
    }

    static Envelope read(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || bytes[0] != VERSION) {
            throw new TamperedException("An envelope is cut, or of an unknown version");
        }
        return new Envelope(bytes);
    }

    UUID keyId() {
        ByteBuffer id = ByteBuffer.wrap(bytes, 1, 2 * Long.BYTES);
        return new UUID(id.getLong(), id.getLong());
    }

    byte[] header() {
        return Arrays.copyOf(bytes, HEADER_BYTES);
    }

    ByteBuffer sealed() {
        return ByteBuffer.wrap(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
    }

    /** The header is authentic as well, and the envelope stands where its context says. */
    static byte[] additional(byte[] header, String context) {
        return join(header, context.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
