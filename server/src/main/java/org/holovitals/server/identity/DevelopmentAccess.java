package org.holovitals.server.identity;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What a command needs to log in to the development realm of a running server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KeycloakProperties.class)
public class DevelopmentAccess {

    @Bean
    DevelopmentTokens developmentTokens(KeycloakProperties keycloak, Environment environment) {
        return new DevelopmentTokens(keycloak, FhirBase.of(environment), Clock.systemUTC());
    }
}
