package org.holovitals.server.identity;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The realm's admin API, whichever Keycloak it is. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableConfigurationProperties({RealmProperties.class, KeycloakProperties.class})
class RealmAccessConfiguration {

    @Bean
    RealmAccess realmAccess(
            ObjectProvider<EmbeddedKeycloak> embedded, RealmProperties realm, KeycloakProperties properties) {
        EmbeddedKeycloak keycloak = embedded.getIfAvailable();
        return keycloak == null ? RealmAccess.of(realm) : RealmAccess.of(keycloak, properties.development());
    }

    @Bean
    RealmUpdate realmUpdate(ObjectProvider<EmbeddedKeycloak> embedded, RealmAccess realm) {
        return new RealmUpdate(embedded.getIfAvailable() == null ? realm : null);
    }
}
