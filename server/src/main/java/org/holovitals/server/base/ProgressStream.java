package org.holovitals.server.base;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Tells how far something is as server-sent events until it ends. A stream that was open for long ends as well; the browser's
 * EventSource comes again by itself.
 */
public final class ProgressStream {
    private static final int MOST_STREAMS = 50;
    private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();

    private final ObjectMapper json;
    private final String refusal;
    private final Semaphore streams = new Semaphore(MOST_STREAMS);

    /**
     * For the streams of one route.
     *
     * @param refusal said when too many are open, with what to ask for instead
     */
    public ProgressStream(ObjectMapper json, String refusal) {
        this.json = json;
        this.refusal = refusal;
    }

    /** What goes on. */
    public interface Followed<T> {
        /** What is told of it. */
        Object view(T now);

        boolean isOver(T now);

        /** How it is a while later; empty when nothing is told of it any more. */
        Optional<T> next() throws InterruptedException;
    }

    /** Follows it from how it is at first, in the thread of the request. */
    public <T> void follow(HttpServletResponse response, T first, Followed<T> followed)
            throws IOException, InterruptedException {
        if (!streams.tryAcquire()) {
            throw new Problem(ProblemType.UNAVAILABLE, refusal);
        }
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            follow(response.getOutputStream(), first, followed);
        } finally {
            streams.release();
        }
    }

    private <T> void follow(ServletOutputStream out, T first, Followed<T> followed)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_NANOS;
        Optional<T> now = Optional.of(first);
        String sent = "";
        while (now.isPresent()) {
            String event = "event: progress\ndata: " + json.writeValueAsString(followed.view(now.get())) + "\n\n";
            // A comment tells whether somebody is still there.
            out.write((event.equals(sent) ? ":\n\n" : event).getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (followed.isOver(now.get()) || System.nanoTime() > end) {
                return;
            }
            sent = event;
            now = followed.next();
        }
    }
}
