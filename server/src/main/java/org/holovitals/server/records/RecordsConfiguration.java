package org.holovitals.server.records;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.Clock;
import org.holovitals.mappings.Mappings;
import org.holovitals.server.base.Ids;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

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
    RowStore rowStore(JdbcTemplate jdbc, Ids ids, Clock clock) {
        return new RowStore(new PatientRows(jdbc, ids, clock), new ClinicalRows(jdbc, ids, clock));
    }

    @Bean
    RowProjector rowProjector(Projection projection, RowStore store, JdbcClient jdbc, DaoRegistry daos) {
        return new RowProjector(projection, store, new MedicationDependents(jdbc, daos, projection));
    }
}
