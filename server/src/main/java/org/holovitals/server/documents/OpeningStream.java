package org.holovitals.server.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import javax.crypto.SecretKey;
import org.holovitals.server.base.AesGcm;
import org.holovitals.server.vault.TamperedException;
import org.jspecify.annotations.Nullable;

/** Decrypts record by record; gives no byte of a record that was tampered with, and no end that was not the end. */
public final class OpeningStream extends InputStream {
    private static final int SEALED_BYTES = RecordCipher.RECORD_BYTES + AesGcm.TAG_BYTES;

    private final PushbackInputStream in;
    private final RecordCipher cipher;
    private byte[] record = {};
    private int at;
    private boolean isOver;
    private @Nullable IOException failure;

    /** Around what a {@link SealingStream} wrote under the same key. */
    public OpeningStream(InputStream in, SecretKey key) {
        this.in = new PushbackInputStream(in, 1);
        this.cipher = RecordCipher.opening(key);
    }

    @Override
    public int read() throws IOException {
        return isFilled() ? record[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!isFilled()) {
            return -1;
        }
        int count = Math.min(length, record.length - at);
        System.arraycopy(record, at, bytes, offset, count);
        at += count;
        return count;
    }

    /** An empty record can only be the last of an empty blob. */
    private boolean isFilled() throws IOException {
        if (failure != null) {
            // Whoever goes on reading must not take this for the end.
            throw failure;
        }
        if (at == record.length && !isOver) {
            byte[] sealed = in.readNBytes(SEALED_BYTES);
            int further = in.read();
            isOver = further < 0;
            if (!isOver) {
                in.unread(further);
            }
            record = opened(sealed);
            at = 0;
        }
        return at < record.length;
    }

    private byte[] opened(byte[] sealed) throws IOException {
        try {
            if (sealed.length < AesGcm.TAG_BYTES) {
                throw new TamperedException("A blob is cut");
            }
            return cipher.next(sealed, sealed.length, isOver);
        } catch (TamperedException e) {
            failure = new IOException("A blob was tampered with", e);
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
