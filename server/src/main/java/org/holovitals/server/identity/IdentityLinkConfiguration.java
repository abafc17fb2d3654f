package org.holovitals.server.identity;

import org.holovitals.server.access.IdentityLink;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** How the server and the identity provider reach each other, whichever provider it is. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class IdentityLinkConfiguration {

    @Bean
    IdentityLink identityLink(Environment environment, RealmAccess realm, ObjectProvider<EmbeddedKeycloak> embedded) {
        return new KeycloakLink(environment, realm, embedded.getIfAvailable() != null);
    }
}
