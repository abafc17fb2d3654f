package org.holovitals.server.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns every exception into one OperationOutcome without class names, SQL or stack traces. What is not the client's
 * fault is logged by class and frames only, since messages of drivers and parsers can quote a record.
 */
@Interceptor
public final class ErrorTranslation implements FhirServerInterceptor {
    private static final Logger log = LoggerFactory.getLogger(ErrorTranslation.class);
    private static final String TOO_LONG =
            "The request took longer than this server allows; narrow it, or ask for fewer values";
    private static final Pattern HAPI_CODE = Pattern.compile("HAPI-\\d{4}: ");
    private static final Pattern CLASS_NAME = Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.){2,}[A-Z]\\w*(?:: )?");
    private static final Pattern PARSER_SOURCE =
            Pattern.compile("\\s*at \\[Source: [^;\\]]*; ?|\\(through reference.*");

    private static final Pattern CONDITION = Pattern.compile("(match URL\\s?\\[[A-Za-z]*)\\?[^\\]]*]");

    ErrorTranslation() {}

    /** The exception as the client shall see it, with its outcome made. */
    @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
    public BaseServerResponseException translate(RequestDetails request, Throwable thrown) {
        BaseServerResponseException answer = classify(request, thrown);
        if (answer.getStatusCode() >= 500) {
            log.error("{} on {}: {}", answer.getStatusCode(), request.getRestOperationType(), Frames.of(thrown));
            answer.setOperationOutcome(
                    answer.getStatusCode() == 503
                            ? OutcomeWriter.outcome(IssueType.TIMEOUT, TOO_LONG)
                            : OutcomeWriter.outcome(
                                    IssueType.EXCEPTION,
                                    "The server failed on this request; its log has it as " + request.getRequestId()));
            return answer;
        }
        log.info("{} on {}", answer.getStatusCode(), request.getRestOperationType());
        if (answer.getOperationOutcome() instanceof OperationOutcome outcome) {
            outcome.getIssue().forEach(issue -> issue.setDiagnostics(clean(issue.getDiagnostics())));
        } else {
            answer.setOperationOutcome(OutcomeWriter.outcome(codeOf(answer), clean(answer.getMessage())));
        }
        return answer;
    }

    /** The outcomes of a batch's entries, which HAPI writes itself. */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void translateEntries(@Nullable IBaseResource answer) {
        if (answer instanceof Bundle bundle && bundle.getType() == Bundle.BundleType.BATCHRESPONSE) {
            bundle.getEntry().forEach(entry -> translateEntry(entry.getResponse()));
        }
    }

    private static void translateEntry(BundleEntryResponseComponent response) {
        if (response.getOutcome() instanceof OperationOutcome outcome) {
            boolean ours = response.hasStatus() && response.getStatus().startsWith("5");
            outcome.getIssue().stream()
                    .filter(issue -> issue.getSeverity() == OperationOutcome.IssueSeverity.ERROR)
                    .forEach(issue -> issue.setDiagnostics(
                            ours ? "The server failed on this entry" : clean(issue.getDiagnostics())));
        }
    }

    private static BaseServerResponseException classify(RequestDetails request, Throwable thrown) {
        String sqlState = SqlStates.of(thrown);
        if (SqlStates.isDataException(sqlState)) {
            return new InvalidRequestException("A value is outside of what can be stored");
        }
        if (SqlStates.isTimeout(sqlState)) {
            return new UnclassifiedServerFailureException(503, TOO_LONG);
        }
        if (thrown instanceof DataFormatException) {
            return new InvalidRequestException(String.valueOf(thrown.getMessage()));
        }
        boolean known = thrown instanceof BaseServerResponseException && !(thrown instanceof InternalErrorException);
        return known
                ? (BaseServerResponseException) thrown
                : ClientMistakes.of(request, thrown, sqlState).orElseGet(() -> new InternalErrorException("failed"));
    }

    /** A condition is quoted without what it asks for, which may be a person's name. */
    static String clean(@Nullable String message) {
        if (message == null) {
            return "The request was refused";
        }
        String text = HAPI_CODE.matcher(message).replaceAll("");
        text = PARSER_SOURCE.matcher(text).replaceAll(" [");
        text = CONDITION.matcher(text).replaceAll("$1?…]");
        return CLASS_NAME.matcher(text).replaceAll("");
    }

    private static IssueType codeOf(BaseServerResponseException answer) {
        return switch (answer.getStatusCode()) {
            case 401 -> IssueType.LOGIN;
            case 403 -> IssueType.FORBIDDEN;
            case 404 -> IssueType.NOTFOUND;
            case 405, 406, 501 -> IssueType.NOTSUPPORTED;
            case 409, 412 -> IssueType.CONFLICT;
            case 410 -> IssueType.DELETED;
            case 413 -> IssueType.TOOLONG;
            case 429 -> IssueType.THROTTLED;
            case 422 -> IssueType.PROCESSING;
            default -> IssueType.INVALID;
        };
    }
}
