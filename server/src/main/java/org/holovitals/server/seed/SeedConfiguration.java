package org.holovitals.server.seed;

import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import java.time.Clock;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.holovitals.server.base.Ids;
import org.holovitals.server.costs.ModelPrices;
import org.holovitals.server.database.RowAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class SeedConfiguration {

    @Bean
    @Lazy
    Seed seed(
            TestPatient patient,
            ModelPrices prices,
            JdbcClient jdbc,
            Ids ids,
            Clock clock,
            PlatformTransactionManager transactions,
            RowAccess access) {
        return new Seed(patient, new SeedRows(jdbc, ids, clock), prices, new TransactionTemplate(transactions), access);
    }

    @Bean
    @Lazy
    TestPatient testPatient(IFhirSystemDao<Bundle, Meta> system) {
        return new TestPatient(system);
    }
}
