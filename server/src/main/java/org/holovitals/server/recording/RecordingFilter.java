package org.holovitals.server.recording;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.holovitals.server.access.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Holds each answer to a caller back until its row in the audit log is durable. */
final class RecordingFilter extends OncePerRequestFilter {
    private final Recorder recorder;
    private final Unrecorded unrecorded;

    RecordingFilter(Recorder recorder, Unrecorded unrecorded) {
        this.recorder = recorder;
        this.unrecorded = unrecorded;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Caller caller = Caller.current().orElse(null);
        if (caller == null) {
            chain.doFilter(request, response);
        } else {
            RecordedResponse recorded = new RecordedResponse(
                    response,
                    status -> recorder.record(caller, request, status),
                    () -> unrecorded.write(request, response));
            pass(request, recorded, chain);
        }
    }

    private static void pass(HttpServletRequest request, RecordedResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            // Whoever answers this has not seen the row yet.
            if (response.settle(statusOf(e))) {
                throw e;
            }
            return;
        }
        response.settle(response.getStatus());
    }

    private static int statusOf(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof AccessDeniedException) {
                return HttpServletResponse.SC_FORBIDDEN;
            } else if (cause instanceof AuthenticationException) {
                return HttpServletResponse.SC_UNAUTHORIZED;
            }
        }
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }
}
