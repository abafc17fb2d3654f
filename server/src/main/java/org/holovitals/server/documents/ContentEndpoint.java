package org.holovitals.server.documents;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** {@code /api/documents/ID/content}: the bytes as they were brought. */
@RestController
@ConditionalOnWebApplication
final class ContentEndpoint {
    private final DocumentReach reach;
    private final StoredFiles files;

    ContentEndpoint(DocumentReach reach, StoredFiles files) {
        this.reach = reach;
        this.files = files;
    }

    /** HEAD gets the headers; the bytes are checked for it, too. */
    @GetMapping("/api/documents/{id}/content")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    void content(@PathVariable UUID id, Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        DocumentEndpoint.note(caller, "download-document", id);
        Document document = reach.read(caller, id);
        if (new ServletWebRequest(request, response).checkNotModified(FileHeaders.tag(document))) {
            return;
        }
        try (InputStream bytes = files.openFor(caller, document)) {
            FileHeaders.raw(document, response);
            if (!request.getMethod().equals(HttpMethod.HEAD.name())) {
                bytes.transferTo(response.getOutputStream());
            }
        }
    }
}
