package org.holovitals.server.documents;

import java.io.IOException;
import java.io.OutputStream;
import javax.crypto.SecretKey;

/** Encrypts what is written to it, record by record; what is not closed has no last record and is never taken for whole. */
public final class SealingStream extends OutputStream {
    private final OutputStream out;
    private final RecordCipher cipher;
    private final byte[] record = new byte[RecordCipher.RECORD_BYTES];
    private int filled;
    private boolean isClosed;

    /** Around a stream; the key must be used for one only. */
    public SealingStream(OutputStream out, SecretKey key) {
        this.out = out;
        this.cipher = RecordCipher.sealing(key);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int left = length;
        while (left > 0) {
            // A full record waits for more, since it could be the last.
            if (filled == record.length) {
                out.write(cipher.next(record, filled, false));
                filled = 0;
            }
            int count = Math.min(left, record.length - filled);
            System.arraycopy(bytes, at, record, filled, count);
            filled += count;
            at += count;
            left -= count;
        }
    }

    @Override
    public void close() throws IOException {
        if (!isClosed) {
            isClosed = true;
            out.write(cipher.next(record, filled, true));
            out.flush();
        }
    }
}
