package org.holovitals.server.documents;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/** The headers of a file's bytes: a browser saves them and runs nothing in them, whatever they are. */
final class FileHeaders {
    private FileHeaders() {}

    /** The same bytes have the same tag. */
    static String tag(Document document) {
        return "\"" + document.sha256() + "\"";
    }

    /** Of the bytes themselves. */
    static void raw(Document document, HttpServletResponse response) {
        response.setContentType(document.type().mimeType());
        response.setContentLengthLong(document.size());
        safe(document, response);
    }

    /** Of whatever is made of them. */
    static void safe(Document document, HttpServletResponse response) {
        response.setHeader(HttpHeaders.ETAG, tag(document));
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(document.name(), StandardCharsets.UTF_8)
                        .build()
                        .toString());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    }
}
