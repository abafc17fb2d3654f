package org.holovitals.server.documents;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/documents/{id}/events}: how far the reading of a document's text is, as server-sent events until it ends. A
 * stream that was open for long ends as well; the browser's EventSource comes again by itself.
 */
@RestController
@ConditionalOnWebApplication
final class ReadingEventsEndpoint {
    private static final int MOST_STREAMS = 50;
    private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Documents documents;
    private final DocumentReach reach;
    private final ObjectMapper json;
    private final Semaphore streams = new Semaphore(MOST_STREAMS);

    ReadingEventsEndpoint(Documents documents, DocumentReach reach, ObjectMapper json) {
        this.documents = documents;
        this.reach = reach;
        this.json = json;
    }

    /** How far it is. */
    record ProgressView(
            String status,
            @Nullable String failure,
            int pagesRead,
            @Nullable Integer pageCount) {
        static ProgressView of(Document document) {
            return new ProgressView(
                    document.status().code(),
                    document.failure(),
                    document.progress().read(),
                    document.progress().of());
        }
    }

    @GetMapping(path = "/api/documents/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    void events(@PathVariable UUID id, Caller caller, HttpServletResponse response)
            throws IOException, InterruptedException {
        DocumentEndpoint.note(caller, "follow-document", id);
        Document document = reach.read(caller, id);
        if (!streams.tryAcquire()) {
            throw new Problem(ProblemType.UNAVAILABLE, "Too many follow their documents now; ask for the document");
        }
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            follow(caller, document, response.getOutputStream());
        } finally {
            streams.release();
        }
    }

    private void follow(Caller caller, Document first, ServletOutputStream out)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_NANOS;
        Optional<Document> document = Optional.of(first);
        String sent = "";
        while (document.isPresent()) {
            String event =
                    "event: progress\ndata: " + json.writeValueAsString(ProgressView.of(document.get())) + "\n\n";
            // A comment tells whether somebody is still there.
            out.write((event.equals(sent) ? ":\n\n" : event).getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (isOver(document.get().status()) || System.nanoTime() > end) {
                return;
            }
            sent = event;
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            document = documents.find(first.id()).filter(known -> reach.mayRead(caller, known));
        }
    }

    private static boolean isOver(DocumentStatus status) {
        return status == DocumentStatus.COMPLETE || status == DocumentStatus.FAILED;
    }
}
