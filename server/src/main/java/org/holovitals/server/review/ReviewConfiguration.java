package org.holovitals.server.review;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.holovitals.server.access.RecordWrites;
import org.holovitals.server.access.VisibleRecords;
import org.holovitals.server.base.Ids;
import org.holovitals.server.database.RowAccess;
import org.holovitals.server.documents.SharedDocuments;
import org.holovitals.server.labs.LabChecks;
import org.holovitals.server.stored.ResourceTables;
import org.holovitals.server.texts.TextReader;
import org.holovitals.server.vault.Vault;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Where there are callers. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ReviewConfiguration {

    @Bean
    Candidates candidates(JdbcClient jdbc, Vault vault, ObjectMapper json, Ids ids) {
        return new Candidates(new ExtractedData(jdbc), vault, json, ids);
    }

    @Bean
    Readings reviewReadings() {
        return new Readings(new LabChecks());
    }

    @Bean
    Inbox inbox(
            Candidates candidates,
            SharedDocuments documents,
            VisibleRecords records,
            SameResults results,
            Readings readings) {
        return new Inbox(candidates, documents, records, results, readings);
    }

    @Bean
    SameResults sameResults(JdbcClient jdbc, RowAccess rows) {
        return new SameResults(jdbc, rows);
    }

    @Bean
    Crops crops(SharedDocuments documents, Candidates candidates, TextReader reader) {
        return new Crops(documents, candidates, reader);
    }

    @Bean
    Decisions.Writing reviewWriting(
            @Lazy DaoRegistry daos,
            @Lazy IFhirSystemDao<Bundle, Meta> system,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new Decisions.Writing(
                new ReviewedRecord(daos, system),
                new ResourceTables(jdbc),
                new TransactionTemplate(transactions),
                clock);
    }

    @Bean
    Decisions decisions(
            Candidates candidates,
            SharedDocuments documents,
            RecordWrites writes,
            Readings readings,
            Decisions.Writing writing) {
        return new Decisions(candidates, documents, writes, readings, writing);
    }
}
