package org.holovitals.server.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.holovitals.server.access.SmartScope.Level;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/** What a token whose signature holds has to say to be an access token for this server. */
final class TokenRules implements OAuth2TokenValidator<Jwt> {
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Set<String> TYPES = Set.of("JWT", "at+jwt", "application/at+jwt");
    private static final Pattern FHIR_ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
    /** They stand in ID tokens, logout tokens and tokens bound to a key that we could not ask for. */
    private static final List<String> FOREIGN_CLAIMS = List.of("nonce", "at_hash", "c_hash", "s_hash", "events", "cnf");

    private final String issuer;
    private final Audience audience;
    private final Callers callers;
    private final RevokedTokens revoked;
    private final Clock clock;

    TokenRules(String issuer, Audience audience, Callers callers, RevokedTokens revoked, Clock clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.callers = callers;
        this.revoked = revoked;
        this.clock = clock;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        return problem(token)
                .map(text -> OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", text, null)))
                .orElseGet(OAuth2TokenValidatorResult::success);
    }

    private Optional<String> problem(Jwt token) {
        return wrongIssue(token)
                .or(() -> wrongTime(token))
                .or(() -> wrongKind(token))
                .or(() -> wrongCaller(token, callers.of(token)));
    }

    private Optional<String> wrongCaller(Jwt token, Caller caller) {
        return wrongContext(token, caller)
                .or(() -> revoked.contains(caller, token.getIssuedAt())
                        ? Optional.of("The token's session was ended")
                        : Optional.empty());
    }

    private Optional<String> wrongIssue(Jwt token) {
        if (!issuer.equals(token.getClaimAsString("iss"))) {
            return Optional.of("The token is of another issuer");
        }
        return token.getClaims().get("aud") instanceof Collection<?> audiences
                        && audiences.stream().anyMatch(audience.accepted()::contains)
                ? Optional.empty()
                : Optional.of("The token is for another audience");
    }

    private Optional<String> wrongTime(Jwt token) {
        Instant now = clock.instant();
        Instant expires = token.getExpiresAt();
        if (expires == null || !expires.plus(SKEW).isAfter(now)) {
            return Optional.of("The token has expired");
        }
        return isAfter(token.getNotBefore(), now.plus(SKEW)) || isAfter(token.getIssuedAt(), now.plus(SKEW))
                ? Optional.of("The token is not valid yet")
                : Optional.empty();
    }

    private static boolean isAfter(@Nullable Instant instant, Instant limit) {
        return instant != null && instant.isAfter(limit);
    }

    private static Optional<String> wrongKind(Jwt token) {
        Object header = token.getHeaders().get("typ");
        Object claim = token.getClaims().get("typ");
        boolean isAccess = (header == null || TYPES.contains(header)) && (claim == null || "Bearer".equals(claim));
        return isAccess && FOREIGN_CLAIMS.stream().noneMatch(token.getClaims()::containsKey)
                ? Optional.empty()
                : Optional.of("The token is not an access token");
    }

    /** Whether a caller is whom the scopes take for granted. */
    static boolean hasContext(Caller caller) {
        return !isPatientScopeWithoutPatient(caller) && !isUsersSystemScope(caller);
    }

    private static boolean isPatientScopeWithoutPatient(Caller caller) {
        return caller.scopes().has(Level.PATIENT) && caller.patient() == null;
    }

    private static boolean isUsersSystemScope(Caller caller) {
        return caller.scopes().has(Level.SYSTEM) && !caller.isService();
    }

    private static Optional<String> wrongContext(Jwt token, Caller caller) {
        if (caller.subject().isEmpty() || caller.client().isEmpty()) {
            return Optional.of("The token does not say who calls");
        }
        boolean isMalformed = token.hasClaim("patient")
                && (caller.patient() == null
                        || !FHIR_ID.matcher(caller.patient()).matches());
        if (isMalformed || isPatientScopeWithoutPatient(caller)) {
            return Optional.of("The token has a patient scope and no patient");
        }
        return isUsersSystemScope(caller)
                ? Optional.of("Only a backend service may have a system scope")
                : Optional.empty();
    }
}
