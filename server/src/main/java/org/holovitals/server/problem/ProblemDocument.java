package org.holovitals.server.problem;

import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * An RFC 9457 problem.
 *
 * @param type a URI; {@code about:blank} says no more than the status
 */
public record ProblemDocument(String type, String title, int status, String detail) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Says no more than an HTTP status, which may be one that has no name. */
    public static ProblemDocument of(int status, String detail) {
        HttpStatus known = HttpStatus.resolve(status);
        return new ProblemDocument("about:blank", known == null ? "Error" : known.getReasonPhrase(), status, detail);
    }

    /** Of a kind from the list. */
    public static ProblemDocument of(Problem problem) {
        ProblemType type = problem.type();
        return new ProblemDocument(
                type.uri(), type.title(), type.status().value(), String.valueOf(problem.getMessage()));
    }

    /** Writes the whole answer. */
    public void write(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getOutputStream().write(json().getBytes(StandardCharsets.UTF_8));
    }

    /** As it is sent. */
    public String json() {
        return JSON.valueToTree(this).toString();
    }
}
