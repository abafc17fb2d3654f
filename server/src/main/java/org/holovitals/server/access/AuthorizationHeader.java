package org.holovitals.server.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) ++([A-Za-z0-9._~+/-]++=*+)");

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (headers.isEmpty()) {
            return null;
        }
        Matcher bearer = BEARER.matcher(headers.get(0));
        if (headers.size() > 1 || !bearer.matches()) {
            throw new OAuth2AuthenticationException(BearerTokenErrors.invalidToken("Not one bearer token"));
        }
        return bearer.group(1);
    }
}
