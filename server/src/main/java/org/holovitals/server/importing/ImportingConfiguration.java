package org.holovitals.server.importing;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.holovitals.server.base.Ids;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ImportSettings.class)
class ImportingConfiguration {

    @Bean
    @Lazy
    Importer importer(ImportSettings settings, DataSource dataSource, FhirContext fhir, ImportStore store) {
        ResourceTypes types = new ResourceTypes(fhir);
        Scanner scanner = new Scanner(types, settings.maxSourceSize().toBytes());
        Entries entries = new Entries(new FhirReader(fhir, types), new Transactions(fhir));
        return new Importer(settings, dataSource, scanner, entries, store);
    }

    @Bean
    @Lazy
    ImportStore importStore(
            PlatformTransactionManager transactions, IFhirSystemDao<Bundle, Meta> system, JdbcClient jdbc, Ids ids) {
        return new ImportStore(new TransactionTemplate(transactions), system, new Journal(jdbc, ids));
    }

    @Bean
    @Lazy
    Sample sample(Importer importer, JdbcClient jdbc) {
        return new Sample(importer, jdbc);
    }
}
