package org.holovitals.server.recording;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.holovitals.server.fhir.OutcomeWriter;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemDocument;
import org.holovitals.server.problem.ProblemType;
import org.springframework.http.HttpHeaders;

/** The answer to a request that cannot be recorded: nothing of what was asked for. */
final class Unrecorded {
    private static final String RETRY_SECONDS = "5";

    /** Headers that are about the exchange and not about the answer that is thrown away. */
    private static final Set<String> KEPT = Set.of("vary", "x-request-id", "x-content-type-options", "x-frame-options");

    private final OutcomeWriter outcomes;

    Unrecorded(OutcomeWriter outcomes) {
        this.outcomes = outcomes;
    }

    void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        Map<String, String> kept = kept(response);
        response.reset();
        kept.forEach(response::setHeader);
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (request.getRequestURI().startsWith(request.getContextPath() + "/fhir")) {
            outcomes.write(
                    request,
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    IssueType.TRANSIENT,
                    ProblemType.AUDIT_UNAVAILABLE.title());
        } else {
            ProblemDocument.of(new Problem(ProblemType.AUDIT_UNAVAILABLE)).write(response);
        }
        response.flushBuffer();
    }

    private static Map<String, String> kept(HttpServletResponse response) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String name : response.getHeaderNames()) {
            String plain = name.toLowerCase(Locale.ROOT);
            if (KEPT.contains(plain) || plain.startsWith("access-control-")) {
                kept.put(name, String.join(", ", response.getHeaders(name)));
            }
        }
        return kept;
    }
}
