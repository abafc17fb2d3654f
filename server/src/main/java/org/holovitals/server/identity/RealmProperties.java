package org.holovitals.server.identity;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How the server reaches a Keycloak that it did not start, under {@code holovitals.identity}.
 *
 * @param issuer the issuer's name
 * @param address where it is reached, when not under its name: the realm's address behind the proxy
 * @param clientSecret the secret of the account {@code holovitals-server}; without it the realm cannot be administered
 */
@Validated
@ConfigurationProperties("holovitals.identity")
record RealmProperties(
        @NotNull URI issuer,
        @Nullable URI address,
        @Nullable String clientSecret) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /** The account's secret is sent there. */
    @AssertTrue(message = "holovitals.identity.address has to be https, or http on the loopback address")
    boolean isReachedSafely() {
        return address == null
                || "https".equals(address.getScheme())
                || ("http".equals(address.getScheme()) && LOOPBACK.contains(String.valueOf(address.getHost())));
    }

    /** Without a slash at its end. */
    String reachedAt() {
        return (address == null ? issuer : address).toString().replaceAll("/+$", "");
    }

    @Override
    public String toString() {
        return "RealmProperties[" + reachedAt() + "]";
    }
}
