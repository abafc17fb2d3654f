package org.holovitals.server.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.ips.api.IIpsGenerationStrategy;
import ca.uhn.fhir.jpa.ips.generator.IIpsGeneratorSvc;
import ca.uhn.fhir.jpa.ips.generator.IpsGeneratorSvcImpl;
import ca.uhn.fhir.jpa.ips.jpa.DefaultJpaIpsGenerationStrategy;
import ca.uhn.fhir.jpa.ips.provider.IpsOperationProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code Patient/$summary}: the International Patient Summary. */
@Configuration(proxyBeanMethods = false)
class Summaries {

    @Bean
    IIpsGenerationStrategy ipsStrategy() {
        return new DefaultJpaIpsGenerationStrategy();
    }

    @Bean
    IIpsGeneratorSvc ipsGenerator(FhirContext fhir, IIpsGenerationStrategy strategy) {
        return new IpsGeneratorSvcImpl(fhir, strategy);
    }

    @Bean
    IpsOperationProvider ipsOperation(IIpsGeneratorSvc generator) {
        return new IpsOperationProvider(generator);
    }
}
