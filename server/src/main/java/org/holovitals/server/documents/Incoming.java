package org.holovitals.server.documents;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/**
 * The one file of a request, as a stream that nothing has read yet: the whole body, or the part of a form that has a file
 * name (RFC 7578).
 *
 * @param name as the client has it; null when it does not say
 */
record Incoming(@Nullable String name, InputStream bytes) {
    private static final String FORM = "multipart/";
    private static final String FIELDS = "application/x-www-form-urlencoded";
    private static final int LONGEST_PART_HEADER = 4096;

    /** Refuses a form without a file, and an encoding that hides the size. */
    static Incoming of(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new Problem(
                    ProblemType.UPLOAD_TYPE_UNSUPPORTED, "Content-Encoding is not supported; send the file as it is");
        }
        if (is(request, FIELDS)) {
            // The container has taken the body for parameters.
            throw new Problem(
                    ProblemType.INVALID_REQUEST, "Content-Type has to be the file's own, not that of a form's fields");
        }
        try {
            return is(request, FORM) ? part(request) : new Incoming(named(request), request.getInputStream());
        } catch (IOException e) {
            throw new Problem(ProblemType.UPLOAD_INCOMPLETE, "The form cannot be read: it is cut, or it is none");
        }
    }

    private static boolean is(HttpServletRequest request, String kind) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(kind);
    }

    private static Incoming part(HttpServletRequest request) throws IOException {
        FileUpload form = new FileUpload();
        form.setHeaderEncoding("UTF-8");
        form.setPartHeaderSizeMax(LONGEST_PART_HEADER);
        FileItemIterator parts = form.getItemIterator(new ServletRequestContext(request));
        while (parts.hasNext()) {
            FileItemStream part = parts.next();
            if (!part.isFormField()) {
                return new Incoming(part.getName(), part.openStream());
            }
        }
        throw new Problem(ProblemType.INVALID_REQUEST, "The form has no part with a file");
    }

    private static @Nullable String named(HttpServletRequest request) {
        String disposition = request.getHeader(HttpHeaders.CONTENT_DISPOSITION);
        try {
            return disposition == null
                    ? null
                    : ContentDisposition.parse(disposition).getFilename();
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemType.INVALID_REQUEST, "Content-Disposition cannot be read");
        }
    }
}
