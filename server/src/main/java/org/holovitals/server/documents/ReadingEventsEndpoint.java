package org.holovitals.server.documents;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.base.ProgressStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/documents/{id}/events}: how far the reading of a document's text is, until it ends. */
@RestController
@ConditionalOnWebApplication
final class ReadingEventsEndpoint {
    private static final long LOOK_MILLIS = 500;

    private final Documents documents;
    private final DocumentReach reach;
    private final ProgressStream streams;

    ReadingEventsEndpoint(Documents documents, DocumentReach reach, ObjectMapper json) {
        this.documents = documents;
        this.reach = reach;
        this.streams = new ProgressStream(json, "Too many follow their documents now; ask for the document");
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
        streams.follow(response, document, new Reading(id, caller));
    }

    /** The reading of a document, as long as the caller may read it. */
    private final class Reading implements ProgressStream.Followed<Document> {
        private final UUID id;
        private final Caller caller;

        private Reading(UUID id, Caller caller) {
            this.id = id;
            this.caller = caller;
        }

        @Override
        public Object view(Document now) {
            return ProgressView.of(now);
        }

        @Override
        public boolean isOver(Document now) {
            return now.status() == DocumentStatus.COMPLETE || now.status() == DocumentStatus.FAILED;
        }

        @Override
        public Optional<Document> next() throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            return documents.find(id).filter(known -> reach.mayRead(caller, known));
        }
    }
}
