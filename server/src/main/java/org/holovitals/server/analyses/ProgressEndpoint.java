package org.holovitals.server.analyses;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.Users;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/analyses/{id}/events}: how far an analysis is, as server-sent events until it ends. A stream that was open
 * for long ends as well; the browser's EventSource comes again by itself.
 */
@RestController
@ConditionalOnWebApplication
final class ProgressEndpoint {
    private static final int MOST_STREAMS = 50;
    private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final AnalysisQueue queue;
    private final Wakeups wakeups;
    private final Users users;
    private final ObjectMapper json;
    private final Semaphore streams = new Semaphore(MOST_STREAMS);

    ProgressEndpoint(AnalysisQueue queue, Wakeups wakeups, Users users, ObjectMapper json) {
        this.queue = queue;
        this.wakeups = wakeups;
        this.users = users;
        this.json = json;
    }

    @GetMapping(path = "/api/analyses/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    void events(@PathVariable UUID id, Caller caller, HttpServletResponse response)
            throws IOException, InterruptedException {
        caller.call().record().action("follow-analysis");
        caller.call().record().resource("analysis_queue", id.toString());
        UUID user = users.of(caller);
        AnalysisTask task = queue.find(id, user).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        if (!streams.tryAcquire()) {
            throw new Problem(ProblemType.UNAVAILABLE, "Too many follow their analyses now; ask for the status");
        }
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            follow(task, user, response.getOutputStream());
        } finally {
            streams.release();
        }
    }

    private void follow(AnalysisTask first, UUID user, ServletOutputStream out)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_NANOS;
        AnalysisTask task = first;
        String sent = "";
        while (true) {
            long seen = wakeups.last();
            String event = "event: progress\ndata: " + json.writeValueAsString(AnalysisView.of(task)) + "\n\n";
            // A comment tells whether somebody is still there.
            out.write((event.equals(sent) ? ":\n\n" : event).getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (task.state().status().isEnd() || System.nanoTime() > end) {
                return;
            }
            sent = event;
            wakeups.await(seen, LOOK);
            task = queue.find(first.id(), user).orElseThrow();
        }
    }
}
