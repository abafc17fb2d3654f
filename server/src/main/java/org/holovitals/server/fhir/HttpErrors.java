package org.holovitals.server.fhir;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.holovitals.server.problem.ProblemDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * What is said where neither HAPI nor a controller has been reached: an OperationOutcome below {@code /fhir}, else an
 * RFC 9457 problem.
 *
 * @param contentType the body's media type
 * @param body JSON
 */
public record HttpErrors(String contentType, String body) {
    private static final Map<Integer, String> HELP = Map.of(
            400,
            "The request is not well-formed: look for a character in the URL that must be percent-encoded, a URL or "
                    + "header that is too long, or a Content-Length that is not the body's",
            404,
            "There is nothing at this URL",
            417,
            "Only Expect: 100-continue is supported",
            501,
            "The method or the Transfer-Encoding is not supported",
            505,
            "Use HTTP/1.1");

    static HttpErrors of(@Nullable String uri, int status) {
        HttpStatus known = HttpStatus.resolve(status);
        String detail = HELP.getOrDefault(status, known == null ? "Error" : known.getReasonPhrase());
        return isFhir(uri)
                ? new HttpErrors("application/fhir+json", outcome(status, detail))
                : new HttpErrors(
                        MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        ProblemDocument.of(status, detail).json());
    }

    /** Writes the whole answer to a request for the path. */
    public static void write(@Nullable String uri, HttpServletResponse response, int status) throws IOException {
        HttpErrors answer = of(uri, status);
        response.setStatus(status);
        response.setContentType(answer.contentType());
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    /** A request line that could not be read was most likely meant for FHIR. */
    private static boolean isFhir(@Nullable String uri) {
        return uri == null || uri.equals("/fhir") || uri.startsWith("/fhir/");
    }

    private static String outcome(int status, String detail) {
        IssueType code =
                switch (status) {
                    case 404 -> IssueType.NOTFOUND;
                    case 405, 417, 501, 505 -> IssueType.NOTSUPPORTED;
                    default -> status < 500 ? IssueType.INVALID : IssueType.EXCEPTION;
                };
        return OutcomeWriter.json(OutcomeWriter.outcome(code, detail));
    }
}
