package org.holovitals.server.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * The file of a request as it comes: the body itself, or the first file of a form.
 *
 * @param name as the client has it
 */
record Upload(@Nullable String name, InputStream bytes) {

    /** Of a request whose body nobody has read. */
    static Upload of(HttpServletRequest request, @Nullable String name) {
        String type = request.getContentType();
        try {
            return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")
                    ? part(request, name)
                    : new Upload(name, request.getInputStream());
        } catch (IOException e) {
            throw new Problem(ProblemType.INVALID_REQUEST, "The body cannot be read");
        }
    }

    private static Upload part(HttpServletRequest request, @Nullable String name) throws IOException {
        try {
            FileItemIterator parts = new FileUpload().getItemIterator(new ServletRequestContext(request));
            while (parts.hasNext()) {
                FileItemStream part = parts.next();
                if (!part.isFormField()) {
                    return new Upload(name == null ? part.getName() : name, part.openStream());
                }
            }
        } catch (FileUploadException e) {
            throw new Problem(ProblemType.INVALID_REQUEST, "The form cannot be read");
        }
        throw new Problem(ProblemType.INVALID_REQUEST, "The form has no file");
    }
}
