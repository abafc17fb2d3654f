package org.holovitals.server.importing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines as bytes, each no longer than the limit, and passes over blank ones. */
final class LineReader implements AutoCloseable {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final BufferedInputStream content;
    private final long limit;
    private int number = -1;

    LineReader(InputStream content, long limit) {
        this.content = new BufferedInputStream(content, 1 << 16);
        this.limit = limit;
    }

    /** A line as it stands in the file. */
    static final class Line {
        private final int number;
        private final byte[] text;

        private Line(int number, byte[] text) {
            this.number = number;
            this.text = text;
        }

        /** Counted from 0, blank lines too. */
        int number() {
            return number;
        }

        /** Without the line's end. */
        byte[] text() {
            return text;
        }
    }

    /** The next line that is not blank, or null at the end. */
    @Nullable
    Line next() throws IOException {
        byte[] line;
        do {
            line = line();
            number++;
        } while (line != null && isBlank(line));
        return line == null ? null : new Line(number, line);
    }

    private byte @Nullable [] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        if (number < 0) {
            skipByteOrderMark();
        }
        int next = content.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            line.write(next);
            if (line.size() > limit) {
                throw new BadSourceException("line " + (number + 2) + " has more than the " + limit
                        + " bytes that may be read into memory (holovitals.import.max-source-size)");
            }
            next = content.read();
        }
        return line.toByteArray();
    }

    private void skipByteOrderMark() throws IOException {
        content.mark(BYTE_ORDER_MARK.length);
        if (!java.util.Arrays.equals(content.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
            content.reset();
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte next : line) {
            if (next != ' ' && next != '\t' && next != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
