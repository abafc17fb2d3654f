package org.holovitals.server.models;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). LangChain4j's own parser swallows
 * what its listeners throw, so that a broken answer would look like a short one.
 */
final class EventReader {
    /** No provider has longer lines; more of one is not kept in memory. */
    private static final int LONGEST_LINE = 4_000_000;

    private final BufferedReader lines;

    EventReader(InputStream stream) {
        this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** Hands the next event on; false at the end of the stream. An event that the end cuts is none. */
    boolean next(ServerSentEventListener listener) throws IOException {
        String name = null;
        StringBuilder data = new StringBuilder();
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty() && !data.isEmpty()) {
                listener.onEvent(new ServerSentEvent(name, data.toString()), new ServerSentEventContext(new Handle()));
                return true;
            } else if (line.startsWith("event:")) {
                name = value(line);
            } else if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n").append(value(line));
            }
        }
        return false;
    }

    /** Null at the end. */
    private @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int sign = lines.read(); sign >= 0; sign = lines.read()) {
            if (sign == '\n') {
                return line.toString();
            } else if (sign != '\r') {
                line.append((char) sign);
            }
            if (line.length() > LONGEST_LINE) {
                throw new IllegalStateException("a line of the answer is too long");
            }
        }
        return null;
    }

    private static String value(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    /** The stream is read no further when it is over; nobody needs to say so. */
    private static final class Handle implements ServerSentEventParsingHandle {
        private boolean isCancelled;

        @Override
        public void cancel() {
            isCancelled = true;
        }

        @Override
        public boolean isCancelled() {
            return isCancelled;
        }
    }
}
