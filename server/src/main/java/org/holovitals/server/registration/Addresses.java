package org.holovitals.server.registration;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** The addresses of an app: https, or http on the loopback address, where nobody listens in. */
final class Addresses {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final int LONGEST = 2000;
    private static final int MOST = 20;

    private Addresses() {}

    static boolean isLoopback(URI uri) {
        return LOOPBACK.contains(uri.getHost());
    }

    /** Exact addresses, at least one. */
    static List<String> redirects(@Nullable List<@Nullable String> uris) {
        if (uris == null || uris.isEmpty()) {
            throw refused("redirectUris", "is needed: where the app's users are sent back to");
        }
        if (uris.size() > MOST) {
            throw refused("redirectUris", "has more than " + MOST + " addresses");
        }
        return uris.stream()
                .map(uri -> checked("redirectUris", uri).toString())
                .distinct()
                .toList();
    }

    static @Nullable String optional(String field, @Nullable String uri) {
        return uri == null || uri.isBlank() ? null : checked(field, uri).toString();
    }

    /** Says what is wrong, and repeats the address, which is the administrator's own. */
    static URI checked(String field, @Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            throw refused(field, "has an address that is missing or longer than " + LONGEST + " characters");
        }
        URI uri = parsed(field, text);
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw refused(field, "has to name a host, and no user: " + text);
        }
        if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && isLoopback(uri))) {
            throw refused(field, "has to be https, or http on the loopback address: " + text);
        }
        if (uri.getRawFragment() != null) {
            throw refused(field, "may not have a fragment (#): " + text);
        }
        if (text.contains("*")) {
            throw refused(field, "may not have a wildcard; name each address exactly: " + text);
        }
        if (!uri.normalize().equals(uri)) {
            throw refused(field, "may not lead up in its path: " + text);
        }
        return uri;
    }

    private static URI parsed(String field, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw refused(field, "is not an address: " + text);
        }
    }

    private static Problem refused(String field, String reason) {
        return new Problem(ProblemType.APP_ADDRESS_INVALID, field + " " + reason);
    }
}
