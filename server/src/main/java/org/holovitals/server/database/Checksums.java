package org.holovitals.server.database;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.holovitals.server.base.Sha256;

/** Streams that count and hash what passes through them. */
final class Checksums {
    private Checksums() {}

    /** Closing it leaves the stream beneath open: it is one entry of many. */
    static final class Output extends FilterOutputStream {
        private final MessageDigest digest = Sha256.digest();
        private long bytes;

        Output(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
            digest.update(buffer, offset, length);
            bytes += length;
        }

        @Override
        public void close() throws IOException {
            flush();
        }

        /** Of all that was written; to be asked once. */
        Manifest.Checksum checksum() {
            return new Manifest.Checksum(bytes, HexFormat.of().formatHex(digest.digest()));
        }
    }

    static final class Input extends FilterInputStream {
        private final MessageDigest digest = Sha256.digest();
        private long bytes;

        Input(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            if (count > 0) {
                digest.update(buffer, offset, count);
                bytes += count;
            }
            return count;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        /** Reads to the end and tells what there was; to be asked once. */
        Manifest.Checksum checksum() throws IOException {
            transferTo(OutputStream.nullOutputStream());
            return new Manifest.Checksum(bytes, HexFormat.of().formatHex(digest.digest()));
        }
    }
}
