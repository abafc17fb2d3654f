package org.holovitals.server.exporting;

import ca.uhn.fhir.context.FhirContext;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ExportingConfiguration {

    @Bean
    Exporter exporter(DataSource dataSource, FhirContext fhir) {
        return new Exporter(dataSource, fhir);
    }
}
