package org.holovitals.server.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;

/**
 * Takes a token from its header and nowhere else. Spring's own resolver looks at the parameters too, and so reads away
 * the body of a search by POST.
 */
final class AuthorizationHeader implements BearerTokenResolver {
    private static final String SCHEME = "bearer ";
    private static final String OTHERS = "-._~+/";

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (headers.isEmpty()) {
            return null;
        }
        String header = headers.get(0);
        String token = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) ? afterScheme(header) : "";
        if (headers.size() > 1 || !isToken(token)) {
            throw new OAuth2AuthenticationException(BearerTokenErrors.invalidToken("Not one bearer token"));
        }
        return token;
    }

    private static String afterScheme(String header) {
        int start = SCHEME.length();
        while (start < header.length() && header.charAt(start) == ' ') {
            start++;
        }
        return header.substring(start);
    }

    /** RFC 6750, section 2.1, {@code b64token}; by hand, since a regular expression took a tenth of the time of a read. */
    private static boolean isToken(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (!isOfTokens(text.charAt(i))) {
                return false;
            }
        }
        return end > 0;
    }

    private static boolean isOfTokens(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || OTHERS.indexOf(c) >= 0;
    }
}
