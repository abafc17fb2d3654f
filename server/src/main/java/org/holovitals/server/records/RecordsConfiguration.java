package org.holovitals.server.records;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import org.holovitals.mappings.Mappings;
import org.holovitals.server.base.Ids;
import org.holovitals.server.database.RowAccess;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class RecordsConfiguration {

    @Bean
    Mappings mappings(ObjectProvider<DaoRegistry> daos) {
        return new Mappings(new StoredMedications(daos));
    }

    @Bean
    Projection projection(FhirContext fhir, Mappings mappings) {
        return new Projection(fhir, mappings);
    }

    @Bean
    RowStore rowStore(JdbcTemplate jdbc, Ids ids, Clock clock, RowAccess access) {
        return new RowStore(new PatientRows(jdbc, ids, clock), new ClinicalRows(jdbc, ids, clock), access);
    }

    @Bean
    RowProjector rowProjector(
            Projection projection, RowStore store, JdbcClient jdbc, DaoRegistry daos, RowAccess access) {
        return new RowProjector(projection, store, new MedicationDependents(jdbc, daos, projection, access));
    }

    @Bean
    StoredResources storedResources(JdbcClient jdbc, FhirContext fhir) {
        return new StoredResources(jdbc, fhir);
    }

    @Bean
    Rebuild rebuild(
            StoredResources resources,
            Projection projection,
            RowStore store,
            PlatformTransactionManager transactions,
            FhirContext fhir) {
        return new Rebuild(resources, projection, store, new TransactionTemplate(transactions), mapped(fhir));
    }

    @Bean
    MappingLosses mappingLosses(StoredResources resources, Mappings mappings, FhirContext fhir, Clock clock) {
        return new MappingLosses(resources, mappings, mapped(fhir), clock);
    }

    private static Set<String> mapped(FhirContext fhir) {
        return fhir.getResourceTypes().stream().filter(Mappings::handles).collect(Collectors.toUnmodifiableSet());
    }
}
