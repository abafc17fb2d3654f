package org.holovitals.server.operations;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request an id that stands in every log line and in the answer's {@code X-Request-ID}; a caller's own id
 * is kept when it is plain.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestIdFilter extends OncePerRequestFilter {
    private static final String HEADER = "X-Request-ID";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = idOf(request.getHeader(HEADER));
        response.setHeader(HEADER, id);
        MDC.put("request", id);
        try {
            chain.doFilter(new IdentifiedRequest(request, id), response);
        } finally {
            MDC.remove("request");
        }
    }

    private static String idOf(@Nullable String given) {
        return given != null && PLAIN.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }

    /** HAPI takes its own request id from the header. */
    private static final class IdentifiedRequest extends HttpServletRequestWrapper {
        private final String id;
        private @Nullable Set<String> names;

        IdentifiedRequest(HttpServletRequest request, String id) {
            super(request);
            this.id = id;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return HEADER.equalsIgnoreCase(name) ? id : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return HEADER.equalsIgnoreCase(name) ? Collections.enumeration(List.of(id)) : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            if (names == null) {
                names = new LinkedHashSet<>(Collections.list(super.getHeaderNames()));
                names.removeIf(HEADER::equalsIgnoreCase);
                names.add(HEADER);
            }
            return Collections.enumeration(names);
        }
    }
}
