package org.holovitals.server.fhir;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads each FHIR request's body once, inflated and bounded: HAPI inflates gzip without a limit and takes strings of
 * any length. Refuses with 413 on the inflated size and with 400 on what {@link BodyCheck} finds.
 */
final class RequestBodyFilter extends OncePerRequestFilter {
    private final RequestLimits limits;
    private final OutcomeWriter outcomes;

    RequestBodyFilter(RequestLimits limits, OutcomeWriter outcomes) {
        this.limits = limits;
        this.outcomes = outcomes;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String query = request.getQueryString();
        Optional<String> problem = query == null ? Optional.empty() : PercentEncoding.problemOf(query);
        if (problem.isPresent()) {
            String text = "The query of the URL cannot be read. " + problem.get();
            outcomes.write(request, response, 400, IssueType.INVALID, text);
            return;
        }
        if (request.getContentLengthLong() == 0 || "GET".equals(request.getMethod())) {
            chain.doFilter(request, response);
            return;
        }
        byte[] body = read(request, response);
        if (body != null) {
            request.setAttribute(StoredDecimals.SUSPECT, BodyCheck.mayHideNumber(body));
            chain.doFilter(new BufferedBodyRequest(request, body), response);
        }
    }

    private byte @Nullable [] read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int limit = Math.toIntExact(limits.body().toBytes());
        String encoding =
                Optional.ofNullable(request.getHeader("Content-Encoding")).orElse("identity");
        byte[] body;
        switch (encoding.trim().toLowerCase(java.util.Locale.ROOT)) {
            case "identity", "" -> body = request.getInputStream().readNBytes(limit + 1);
            case "gzip", "x-gzip" -> {
                try {
                    body = inflate(request.getInputStream(), limit);
                } catch (ZipException | EOFException e) {
                    outcomes.write(request, response, 400, IssueType.STRUCTURE, "The body is not whole gzip data");
                    return null;
                }
            }
            default -> {
                outcomes.write(
                        request,
                        response,
                        415,
                        IssueType.NOTSUPPORTED,
                        "Content-Encoding is not supported; send gzip or identity");
                return null;
            }
        }
        return checked(body, limit, request, response);
    }

    private static byte[] inflate(InputStream compressed, int limit) throws IOException {
        try (GZIPInputStream inflated = new GZIPInputStream(compressed)) {
            return inflated.readNBytes(limit + 1);
        }
    }

    private byte @Nullable [] checked(byte[] body, int limit, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (body.length > limit) {
            outcomes.write(
                    request,
                    response,
                    413,
                    IssueType.TOOLONG,
                    "The body is larger than " + limit
                            + " bytes when inflated; send smaller bundles or raise holovitals.limits.body");
            return null;
        }
        Optional<String> problem = problemOf(request, body);
        if (problem.isPresent()) {
            outcomes.write(request, response, 400, IssueType.INVALID, problem.get());
            return null;
        }
        return body;
    }

    private Optional<String> problemOf(HttpServletRequest request, byte[] body) {
        if (isJson(request)) {
            return BodyCheck.problemOfJson(body, limits.depth());
        }
        if (isForm(request)) {
            return PercentEncoding.problemOf(new String(body, StandardCharsets.ISO_8859_1));
        }
        return isText(request) ? BodyCheck.problemOfText(body) : Optional.empty();
    }

    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.contains("form-urlencoded");
    }

    private static boolean isJson(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.contains("json");
    }

    /** Anything but a Binary resource's raw bytes: a body without a type is read as text by HAPI. */
    private static boolean isText(HttpServletRequest request) {
        String type = request.getContentType();
        return type == null || type.contains("xml");
    }
}
