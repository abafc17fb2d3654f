package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;

/** Reads the caller out of a token. */
final class Callers implements Converter<Jwt, AbstractAuthenticationToken> {
    private static final int MOST_REMEMBERED = 1_000;

    /** Many tokens have the same scopes, and each is read several times. */
    private final LoadingCache<String, SmartScopes> scopes;

    Callers(FhirContext fhir) {
        Set<String> types = Set.copyOf(fhir.getResourceTypes());
        this.scopes =
                Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build(claim -> SmartScopes.parse(claim, types));
    }

    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        return new CallerAuthentication(of(token));
    }

    Caller of(Jwt token) {
        String client = text(token, "azp");
        return new Caller(
                textOrEmpty(token, "sub"),
                client == null ? textOrEmpty(token, "client_id") : client,
                text(token, "sid"),
                verifiedEmail(token),
                text(token, "name"),
                text(token, "patient"),
                text(token, "fhirUser"),
                roles(token),
                scopes.get(textOrEmpty(token, "scope")),
                isService(token),
                Call.from(null));
    }

    /** A client-credentials token belongs to no session of a user; Keycloak names its user after the client. */
    private static boolean isService(Jwt token) {
        String name = text(token, "preferred_username");
        return (name == null || name.startsWith("service-account-"))
                && !token.hasClaim("sid")
                && !token.hasClaim("session_state")
                && !token.hasClaim("patient")
                && !token.hasClaim("fhirUser");
    }

    private static Set<String> roles(Jwt token) {
        return token.getClaims().get("realm_access") instanceof Map<?, ?> access
                        && access.get("roles") instanceof Collection<?> roles
                ? roles.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /** An address that nobody has checked could be anybody's, and consents are given to addresses. */
    private static @Nullable String verifiedEmail(Jwt token) {
        return Boolean.TRUE.equals(token.getClaims().get("email_verified")) ? text(token, "email") : null;
    }

    private static @Nullable String text(Jwt token, String claim) {
        return token.getClaims().get(claim) instanceof String text && !text.isBlank() ? text : null;
    }

    private static String textOrEmpty(Jwt token, String claim) {
        String text = text(token, claim);
        return text == null ? "" : text;
    }
}
