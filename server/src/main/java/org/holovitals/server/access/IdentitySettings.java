package org.holovitals.server.access;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who issues the tokens, under {@code holovitals.identity}.
 *
 * @param issuer the OpenID issuer whose tokens are accepted, to the letter
 * @param address where the server reaches it, when not under its name: behind a proxy
 * @param audience what tokens have to be for; when empty the FHIR base URL of this server
 * @param jwks where the issuer's keys are; when absent its discovery document says
 */
@Validated
@ConfigurationProperties("holovitals.identity")
record IdentitySettings(
        @NotNull(message = "has to name the OpenID issuer of the tokens")
        URI issuer,

        @Nullable URI address,
        @DefaultValue List<String> audience,
        @Nullable URI jwks) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /** Keys that come over plain HTTP could be anyone's. */
    @AssertTrue(
            message =
                    "holovitals.identity.issuer, .address and .jwks have to be https, or http on the loopback address")
    boolean isReachedSafely() {
        return isSafe(issuer) && isSafe(address) && isSafe(jwks);
    }

    private static boolean isSafe(@Nullable URI uri) {
        return uri == null
                || "https".equals(uri.getScheme())
                || ("http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost()));
    }
}
