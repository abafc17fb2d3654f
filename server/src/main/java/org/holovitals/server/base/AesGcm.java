package org.holovitals.server.base;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM (NIST SP 800-38D), which every Java has, with a tag of 128 bits and a random nonce of 96 in front. */
public final class AesGcm {
    /** Bytes of a key. */
    public static final int KEY_BYTES = 32;

    /** Bytes of the tag behind a ciphertext. */
    public static final int TAG_BYTES = 16;

    /** Bytes of a nonce. */
    public static final int NONCE_BYTES = 12;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final SecureRandom RANDOM = new SecureRandom();

    private AesGcm() {}

    /** Random bytes for a new key. */
    public static byte[] newKey() {
        return random(KEY_BYTES);
    }

    /** A key of its bytes. */
    public static SecretKey key(byte[] bytes) {
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("A key of AES-256 has 32 bytes");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /** Nonce, ciphertext and tag; with the additional data, and only with it, it can be opened. */
    public static byte[] seal(SecretKey key, byte[] additional, byte[] plain) {
        byte[] nonce = random(NONCE_BYTES);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, additional).doFinal(plain);
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** What was sealed under this key with this additional data; empty for anything else. */
    public static Optional<byte[]> open(SecretKey key, byte[] additional, ByteBuffer sealed) {
        if (sealed.remaining() < NONCE_BYTES + TAG_BYTES) {
            return Optional.empty();
        }
        byte[] nonce = new byte[NONCE_BYTES];
        sealed.get(nonce);
        byte[] bytes = new byte[sealed.remaining()];
        sealed.get(bytes);
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, key, nonce, additional).doFinal(bytes));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** A cipher for who keeps nonces of his own; a nonce must never come twice with a key. */
    public static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] additional)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(additional);
        return cipher;
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
