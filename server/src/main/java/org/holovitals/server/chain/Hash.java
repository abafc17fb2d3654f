package org.holovitals.server.chain;

import java.util.Arrays;
import java.util.HexFormat;
import org.holovitals.server.base.Sha256;

/** A SHA-256. */
final class Hash {
    static final int BYTES = 32;

    /** What stands before the first batch. */
    static final Hash NONE = new Hash(new byte[BYTES]);

    private final byte[] value;

    Hash(byte[] value) {
        if (value.length != BYTES) {
            throw new IllegalArgumentException("a SHA-256 has 32 bytes, not " + value.length);
        }
        this.value = value.clone();
    }

    /** Of a text in UTF-8. */
    static Hash of(String text) {
        return new Hash(Sha256.of(text));
    }

    static Hash of(byte[] bytes) {
        return new Hash(Sha256.digest().digest(bytes));
    }

    static Hash ofHex(String hex) {
        return new Hash(HexFormat.of().parseHex(hex));
    }

    byte[] bytes() {
        return value.clone();
    }

    /** In hexadecimal digits. */
    String hex() {
        return HexFormat.of().formatHex(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(value, hash.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return hex();
    }
}
