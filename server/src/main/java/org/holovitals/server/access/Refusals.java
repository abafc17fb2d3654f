package org.holovitals.server.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.holovitals.server.fhir.OutcomeWriter;
import org.holovitals.server.problem.ProblemDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Answers who may not come in: an OperationOutcome on {@code /fhir}, a problem (RFC 9457) elsewhere. */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final String CHALLENGE = "Bearer realm=\"HoloVitals\"";

    private final OutcomeWriter outcomes;

    Refusals(OutcomeWriter outcomes) {
        this.outcomes = outcomes;
    }

    /** No token, or one that does not hold. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException thrown)
            throws IOException {
        if (hasCause(thrown, SigningKeys.Unavailable.class)) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(RemoteDocument.PAUSE.toSeconds()));
            write(request, response, HttpStatus.SERVICE_UNAVAILABLE, "The identity provider cannot be reached");
        } else if (thrown instanceof OAuth2AuthenticationException) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"invalid_token\"");
            write(request, response, HttpStatus.UNAUTHORIZED, "The access token is not valid here");
        } else {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
            write(request, response, HttpStatus.UNAUTHORIZED, "An access token is needed");
        }
    }

    /** A token that holds, for a caller who may not do this. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException thrown)
            throws IOException {
        write(request, response, HttpStatus.FORBIDDEN, "The caller may not do this");
    }

    private static boolean hasCause(Throwable thrown, Class<? extends Throwable> type) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private void write(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String text)
            throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (request.getRequestURI().startsWith(request.getContextPath() + "/fhir")) {
            outcomes.write(request, response, status.value(), issue(status), text);
        } else {
            ProblemDocument.of(status.value(), text).write(response);
        }
    }

    private static IssueType issue(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> IssueType.LOGIN;
            case FORBIDDEN -> IssueType.FORBIDDEN;
            default -> IssueType.TRANSIENT;
        };
    }
}
