package org.holovitals.server.launch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/** What the identity provider's signature has to say to open {@code /launches}: for this server, for seconds, once. */
final class LaunchCallRules implements OAuth2TokenValidator<Jwt> {
    private static final String TYPE = "holovitals-launch";
    private static final Duration SKEW = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int LONGEST_ID = 255;

    private final String issuer;
    private final Supplier<Optional<String>> audience;
    private final LaunchCalls calls;
    private final Clock clock;

    LaunchCallRules(String issuer, Supplier<Optional<String>> audience, LaunchCalls calls, Clock clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        // Taking the id comes last: it must not be spent by a token that is refused.
        return isForUs(token) && isNow(token) && isFirst(token)
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(
                        new OAuth2Error("invalid_token", "Not a call of the identity provider", null));
    }

    private boolean isForUs(Jwt token) {
        List<String> audiences = token.getAudience();
        return TYPE.equals(token.getClaims().get("typ"))
                && issuer.equals(token.getClaimAsString("iss"))
                && audiences != null
                && audience.get().filter(audiences::contains).isPresent();
    }

    private boolean isNow(Jwt token) {
        Instant now = clock.instant();
        Instant issued = token.getIssuedAt();
        Instant expires = token.getExpiresAt();
        return issued != null
                && expires != null
                && !issued.isAfter(now.plus(SKEW))
                && expires.plus(SKEW).isAfter(now)
                && !expires.isAfter(issued.plus(LONGEST));
    }

    private boolean isFirst(Jwt token) {
        String id = token.getId();
        Instant expires = token.getExpiresAt();
        return id != null
                && expires != null
                && !id.isBlank()
                && id.length() <= LONGEST_ID
                && calls.take(id, expires.plus(SKEW));
    }
}
