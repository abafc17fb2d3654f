package org.holovitals.server.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.holovitals.server.base.AesGcm;
import org.holovitals.server.base.Sha256;

/** A key that wraps the keys of patients, and is known outside of the database only. */
final class MasterKey {
    private static final byte[] PURPOSE = "holovitals master key".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_BYTES = 16;

    private final SecretKey secret;
    private final String id;

    MasterKey(byte[] bytes) {
        this.secret = AesGcm.key(bytes);
        MessageDigest digest = Sha256.digest();
        digest.update(PURPOSE);
        this.id = HexFormat.of().formatHex(Arrays.copyOf(digest.digest(bytes), ID_BYTES));
    }

    /** It tells nothing of the key, which is random. */
    String id() {
        return id;
    }

    byte[] wrap(UUID key, UUID patient, byte[] bytes) {
        return AesGcm.seal(secret, place(key, patient), bytes);
    }

    /** The key in a row; empty when it was changed, or wrapped in another row. */
    Optional<byte[]> unwrap(WrappedKey key, byte[] bytes) {
        return AesGcm.open(secret, place(key.id(), key.patient()), ByteBuffer.wrap(bytes));
    }

    private static byte[] place(UUID key, UUID patient) {
        return ("data_keys:" + key + ":" + patient).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "MasterKey " + id;
    }
}
