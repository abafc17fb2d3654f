package org.holovitals.server.identity;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the embedded Keycloak, under {@code holovitals.keycloak}.
 *
 * @param issuer the issuer that it has; it is started when {@code holovitals.identity.issuer} is the same
 * @param port its port on loopback
 * @param directory its secrets and log; its data are in the database, schema keycloak
 * @param development whether a new realm gets the demonstration logins and app
 * @param distribution the zip of its distribution; when absent this machine's caches are looked through
 * @param repository the Maven repository that has the zip when the machine has not
 */
@Validated
@ConfigurationProperties("holovitals.keycloak")
record KeycloakProperties(
        @NotNull URI issuer,
        @Min(1) @Max(65535) int port,
        @NotNull Path directory,
        @DefaultValue("false") boolean development,
        @Nullable Path distribution,

        @DefaultValue("https://repo.maven.apache.org/maven2/") @NotNull
        URI repository) {}
