package org.holovitals.server.registration;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.base.Ids;
import org.holovitals.server.identity.RealmAccess;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableConfigurationProperties(RegistrationSettings.class)
class RegistrationConfiguration {

    @Bean
    Apps apps(RealmAccess realm, Ids ids, Clock clock) {
        return new Apps(realm, ids, clock);
    }

    @Bean
    KnownApps knownApps(Apps apps, Clock clock) {
        return new KnownApps(apps, clock);
    }

    @Bean
    Registrations registrations(
            FhirContext fhir,
            RealmAccess realm,
            RegistrationSettings settings,
            Apps apps,
            AuditLogs audit,
            KnownApps known,
            Clock clock) {
        AppCheck check = new AppCheck(
                new RequestedScopes(fhir.getResourceTypes()),
                new PublicKeys(realm.isDevelopment(), settings.privateAddresses()));
        return new Registrations(check, apps, audit, known, clock);
    }
}
