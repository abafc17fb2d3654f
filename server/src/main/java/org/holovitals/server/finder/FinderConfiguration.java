package org.holovitals.server.finder;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.util.List;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.database.RowAccess;
import org.holovitals.server.documents.DocumentTexts;
import org.holovitals.server.passages.PassageSearch;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The finder, where there are callers; a new kind of question is a class in the list. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class FinderConfiguration {

    @Bean
    CitationCheck citationCheck(FhirContext fhir, JdbcClient jdbc, RecordReach reach, DocumentTexts documents) {
        return new CitationCheck(fhir, new StoredSources(jdbc), reach, new PageQuotes(documents));
    }

    @Bean
    Quoting quoting(PassageSearch search, JdbcClient jdbc, CitationCheck citations, RecordReach reach, RowAccess rows) {
        return new Quoting(new DocumentQuotes(search, new StoredSources(jdbc), new Terms()), citations, reach, rows);
    }

    @Bean
    Finder.Sources finderSources(JdbcClient jdbc, CitationCheck citations, RecordReach reach, Quoting quoting) {
        return new Finder.Sources(new WholeRecord(RecordTables.of(jdbc)), citations, reach, quoting);
    }

    @Bean
    Finder finder(JdbcClient jdbc, Finder.Sources sources, RowAccess rows, Clock clock) {
        RecordTables tables = RecordTables.of(jdbc);
        List<Intent> intents = List.of(
                new FamilyIntent(tables),
                new AllergyIntent(tables),
                new ImmunizationIntent(tables),
                new MedicationIntent(tables),
                new PersonIntent(tables),
                new MeasurementIntent(tables, new Analytes()),
                new OutOfRangeIntent(tables),
                new ProcedureIntent(tables),
                new VitalsIntent(tables),
                new LaboratoryIntent(tables),
                new VisitIntent(tables),
                new DocumentIntent(tables),
                new ConditionIntent(tables),
                new LastTimeIntent(sources.record()));
        return new Finder(intents, new Terms(), sources, rows, clock);
    }
}
