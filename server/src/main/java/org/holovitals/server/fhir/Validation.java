package org.holovitals.server.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.validation.JpaValidationSupportChain;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What HAPI's validator knows beside R4 itself and what is stored. */
@Configuration(proxyBeanMethods = false)
class Validation {

    /** Fails the start on a package that cannot be read: who configured it expects to be held to its profiles. */
    @Bean
    SmartInitializingSingleton conformancePackages(
            FhirContext fhir,
            FhirSettings settings,
            @Qualifier("myJpaValidationSupportChain") IValidationSupport chain) {
        return () -> {
            if (!settings.packages().isEmpty()) {
                ((JpaValidationSupportChain) chain)
                        .addValidationSupport(ConformancePackages.read(settings.packages(), fhir));
            }
        };
    }
}
