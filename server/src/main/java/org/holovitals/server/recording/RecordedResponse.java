package org.holovitals.server.recording;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer of which nothing leaves before it is recorded. Where it cannot be, another answer takes its place, and what is
 * written into this one is dropped.
 */
final class RecordedResponse extends HttpServletResponseWrapper {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedResponse.class);

    private final IntConsumer recording;
    private final Replacement replacement;
    private State state = State.OPEN;
    private @Nullable ServletOutputStream stream;
    private @Nullable PrintWriter writer;

    /**
     * Around an answer.
     *
     * @param recording makes the row durable for a status, or throws
     */
    RecordedResponse(HttpServletResponse response, IntConsumer recording, Replacement replacement) {
        super(response);
        this.recording = recording;
        this.replacement = replacement;
    }

    /** Writes the whole other answer. */
    @FunctionalInterface
    interface Replacement {
        void write() throws IOException;
    }

    private enum State {
        OPEN,
        SETTLED,
        REPLACED
    }

    /** Records it unless it is recorded; false when it was replaced. */
    synchronized boolean settle(int status) throws IOException {
        if (state == State.OPEN) {
            try {
                // What the row tells of may answer by itself, once.
                state = State.SETTLED;
                recording.accept(status);
            } catch (RuntimeException e) {
                // The message could quote a row.
                LOG.debug("An answer is withheld: {}", e.getClass().getName());
                state = State.REPLACED;
                replacement.write();
            }
        }
        return state == State.SETTLED;
    }

    private boolean settle() throws IOException {
        return settle(getStatus());
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = new RecordedStream(super.getOutputStream());
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer = new PrintWriter(new RecordedWriter(super.getWriter()));
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (settle()) {
            super.flushBuffer();
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        if (settle(status)) {
            super.sendError(status);
        }
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (settle(status)) {
            super.sendError(status, message);
        }
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        if (settle(SC_FOUND)) {
            super.sendRedirect(location);
        }
    }

    @Override
    public void reset() {
        if (state != State.REPLACED) {
            super.reset();
            stream = null;
            writer = null;
        }
    }

    @Override
    public void resetBuffer() {
        if (state != State.REPLACED) {
            super.resetBuffer();
        }
    }

    /** Bytes, from the first on only after the row. */
    private final class RecordedStream extends ServletOutputStream {
        private final ServletOutputStream out;

        RecordedStream(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            if (settle()) {
                out.write(value);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (settle()) {
                out.write(bytes, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            if (settle()) {
                out.flush();
            }
        }

        @Override
        public void close() throws IOException {
            if (settle()) {
                out.close();
            }
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }

    /** Characters, from the first on only after the row. */
    private final class RecordedWriter extends Writer {
        private final PrintWriter out;

        RecordedWriter(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void write(char[] text, int offset, int length) {
            if (isSettled()) {
                out.write(text, offset, length);
            }
        }

        @Override
        public void flush() {
            if (isSettled()) {
                out.flush();
            }
        }

        @Override
        public void close() {
            if (isSettled()) {
                out.close();
            }
        }

        private boolean isSettled() {
            try {
                return settle();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
