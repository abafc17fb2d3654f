package org.holovitals.server.recording;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Names a request by its method and path, where whoever answers it did not: a FHIR request that was refused before it was
 * understood, a route of the API. Of a path only what is a type, an id or an operation is kept.
 */
final class RequestNames {
    private static final String FHIR = "/fhir";
    private static final String SEARCH = "search-type";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
    private static final Pattern OPERATION = Pattern.compile("\\$[a-z-]{1,40}");
    private static final Map<String, String> WRITES =
            Map.of("POST", "create", "PUT", "update", "PATCH", "patch", "DELETE", "delete");

    private final Set<String> types;

    /** With the FHIR types that there are. */
    RequestNames(Set<String> types) {
        this.types = types;
    }

    /** What was done to what. */
    record Name(String action, String resource, @Nullable String id) {}

    Name of(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return path.equals(FHIR) || path.startsWith(FHIR + "/")
                ? fhir(request.getMethod(), path.substring(FHIR.length()).split("/"))
                : route(request, path);
    }

    private Name fhir(String method, String[] path) {
        String type = path.length > 1 && types.contains(path[1]) ? path[1] : "System";
        boolean hasId = path.length > 2 && ID.matcher(path[2]).matches();
        String last = path.length == 0 ? "" : path[path.length - 1];
        return new Name(
                action(method, path.length, last, hasId), type, hasId && !type.equals("System") ? path[2] : null);
    }

    private static String action(String method, int length, String last, boolean hasId) {
        if (OPERATION.matcher(last).matches()) {
            return last;
        } else if (last.equals("_search")) {
            return length > 2 ? SEARCH : "search-system";
        } else if (last.equals("metadata")) {
            return "capabilities";
        } else if (last.equals("_history")) {
            return hasId ? "history-instance" : length > 2 ? "history-type" : "history-system";
        } else if (WRITES.containsKey(method)) {
            return length < 2 && method.equals("POST") ? "transaction" : WRITES.get(method);
        } else if (hasId) {
            return length > 4 ? "vread" : "read";
        }
        return length > 1 ? SEARCH : "search-system";
    }

    private static Name route(HttpServletRequest request, String path) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        Object id = variables instanceof Map<?, ?> named ? named.get("id") : null;
        boolean isKnown = pattern instanceof String known && !known.equals("/**");
        return new Name(
                request.getMethod().toLowerCase(Locale.ROOT),
                isKnown ? String.valueOf(pattern) : path.startsWith("/oauth2/") ? "/oauth2/introspect" : "/api",
                id instanceof String text && ID.matcher(text).matches() ? text : null);
    }
}
