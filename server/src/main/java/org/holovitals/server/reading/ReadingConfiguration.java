package org.holovitals.server.reading;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.time.Clock;
import org.holovitals.server.access.CallerFacts;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.base.Ids;
import org.holovitals.server.links.LinkKeys;
import org.holovitals.server.links.SealedLinks;
import org.holovitals.server.stored.ResourceTables;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The reader, where there are requests to answer. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ReadingConfiguration {

    @Bean
    Links recordLinks(JdbcClient jdbc, Ids ids, CallerFacts facts) {
        return new Links(new SealedLinks<>(new LinkKeys(jdbc, ids), "records", Link.class), facts);
    }

    @Bean
    SearchGrammar searchGrammar(FhirContext fhir, @Lazy ISearchParamRegistry registry, RecordReach reach) {
        return new SearchGrammar(new Criteria(fhir, registry), reach);
    }

    @Bean
    Pages recordPages(JdbcClient jdbc, RecordReach reach, Links links) {
        return new Pages(new Rows(jdbc), reach, links);
    }

    @Bean
    RecordReader recordReader(
            SearchGrammar grammar, JdbcClient jdbc, RecordReach reach, Pages pages, Links links, Stamps stamps) {
        return new RecordReader(
                new Reads(new ResourceTables(jdbc), new Rows(jdbc), reach),
                new Searches(grammar, pages, reach),
                new Everything(pages, reach),
                new LastObservations(grammar, new Observations(jdbc), reach),
                links,
                stamps);
    }

    @Bean
    Stamps answerStamps(Ids ids, Clock clock) {
        return new Stamps(ids, clock);
    }
}
