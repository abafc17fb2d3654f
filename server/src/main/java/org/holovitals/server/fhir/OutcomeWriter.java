package org.holovitals.server.fhir;

import ca.uhn.fhir.context.FhirContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Answers with an OperationOutcome where HAPI has not been reached yet. */
public final class OutcomeWriter {
    private final FhirContext fhir;

    /** Writes JSON, or XML to who asks for it. */
    public OutcomeWriter(FhirContext fhir) {
        this.fhir = fhir;
    }

    /** Writes the whole answer. */
    public void write(HttpServletRequest request, HttpServletResponse response, int status, IssueType code, String text)
            throws IOException {
        boolean xml = wantsXml(request);
        String body = (xml ? fhir.newXmlParser() : fhir.newJsonParser()).encodeResourceToString(outcome(code, text));
        response.setStatus(status);
        response.setContentType(xml ? "application/fhir+xml" : "application/fhir+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }

    static String json(OperationOutcome outcome) {
        return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(outcome);
    }

    static OperationOutcome outcome(IssueType code, String text) {
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue().setSeverity(IssueSeverity.ERROR).setCode(code).setDiagnostics(text);
        return outcome;
    }

    private static boolean wantsXml(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        String query = request.getQueryString();
        return (accept != null && accept.contains("xml") && !accept.contains("json"))
                || (query != null && query.contains("_format=xml"));
    }
}
