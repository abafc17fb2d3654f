package org.holovitals.server.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.holovitals.keycloak.launcher.KeycloakSettings;
import org.holovitals.migrations.Login;
import org.holovitals.server.access.Issuer;
import org.holovitals.server.database.RowAccess;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@ConditionalOnExpression(
        "${holovitals.keycloak.embedded:true} && '${holovitals.identity.issuer}' == '${holovitals.keycloak.issuer}'")
@EnableConfigurationProperties(KeycloakProperties.class)
class IdentityConfiguration {

    @Bean(destroyMethod = "close")
    EmbeddedKeycloak embeddedKeycloak(
            KeycloakProperties properties, Login login, Environment environment, Issuer issuer) {
        return new EmbeddedKeycloak(
                settings(properties, login, FhirBase.of(environment))
                        .launchUrl(LaunchUrl.of(environment, "server.port")),
                issuer::isUp);
    }

    @Bean
    DevelopmentRealm developmentRealm(
            EmbeddedKeycloak keycloak, KeycloakProperties properties, JdbcClient jdbc, RowAccess access) {
        return new DevelopmentRealm(keycloak, properties.development(), jdbc, access);
    }

    private static KeycloakSettings settings(KeycloakProperties properties, Login login, String fhirBase) {
        KeycloakSettings settings = KeycloakSettings.of(
                        properties.directory(),
                        login.url(),
                        login.user(),
                        login.password(),
                        properties.port(),
                        fhirBase)
                .distribution(properties.distribution(), properties.repository());
        return properties.development() ? development(settings, properties, fhirBase) : settings;
    }

    private static KeycloakSettings development(
            KeycloakSettings settings, KeycloakProperties properties, String fhirBase) {
        try {
            return settings.development(List.of(DemonstrationApp.redirectUri(fhirBase)), List.of())
                    .backendJwks(BackendKey.in(properties.directory()).publicKeys());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
