package org.holovitals.server.importing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses to inflate without end: a few kilobytes of archive can hold gigabytes. */
final class BoundedStream extends FilterInputStream {
    /** FHIR text shrinks ten- to thirtyfold; a bomb a thousandfold. */
    private static final long LARGEST_RATIO = 100;

    private final long limit;
    private long count;

    private BoundedStream(InputStream inflated, long limit) {
        super(inflated);
        this.limit = limit;
    }

    /** Bounds inflated bytes to the limit, or to what so many compressed bytes can honestly hold if that is more. */
    static InputStream of(InputStream inflated, long limit, long compressedBytes) {
        return new BoundedStream(inflated, Math.max(limit, compressedBytes * LARGEST_RATIO));
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            counted(1);
        }
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read > 0) {
            counted(read);
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void counted(int read) throws IOException {
        count += read;
        if (count > limit) {
            throw new BadSourceException("inflates to more than " + limit + " bytes, which no FHIR file does");
        }
    }
}
