package org.holovitals.server.documents;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.holovitals.server.base.AesGcm;
import org.holovitals.server.vault.TamperedException;

/**
 * AES-256-GCM over a sequence of records, as the STREAM construction has it (Hoang, Reyhanitabar, Rogaway and Vizár, 2015): the
 * nonce of each is its number and whether it is the last, so that none can be moved, left out or added. The key must be used for
 * one sequence only.
 */
final class RecordCipher {
    /** Bytes of a record, but the last, before encryption. */
    static final int RECORD_BYTES = 64 * 1024;

    private static final byte[] NOTHING = {};

    private final SecretKey key;
    private final int mode;
    private long number;

    private RecordCipher(int mode, SecretKey key) {
        this.mode = mode;
        this.key = key;
    }

    /** Seals or opens the next record. */
    byte[] next(byte[] bytes, int length, boolean isLast) {
        byte[] nonce = ByteBuffer.allocate(AesGcm.NONCE_BYTES)
                .putLong(number++)
                .putInt(isLast ? 1 : 0)
                .array();
        try {
            return AesGcm.cipher(mode, key, nonce, NOTHING).doFinal(bytes, 0, length);
        } catch (AEADBadTagException e) {
            throw new TamperedException("A blob was changed, cut or put together anew");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    static RecordCipher opening(SecretKey key) {
        return new RecordCipher(Cipher.DECRYPT_MODE, key);
    }

    static RecordCipher sealing(SecretKey key) {
        return new RecordCipher(Cipher.ENCRYPT_MODE, key);
    }
}
