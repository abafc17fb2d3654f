package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.matcher.SearchParamMatcher;
import org.holovitals.server.stored.ResourceTables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What decides who may meet what: for the web server's callers, and for work that is done for them later elsewhere. */
@Configuration(proxyBeanMethods = false)
class DecisionConfiguration {

    @Bean
    Compartments compartments(FhirContext fhir) {
        return new Compartments(fhir);
    }

    @Bean
    Grants grants(Consents consents) {
        return new Grants(consents);
    }

    @Bean
    InteractionGate interactionGate(Grants grants, Compartments compartments) {
        return new InteractionGate(grants, compartments);
    }

    @Bean
    Visibility visibility(
            FhirContext fhir,
            Grants grants,
            Compartments compartments,
            @Lazy SearchParamMatcher matcher,
            StoredVersions stored) {
        return new Visibility(fhir, grants, compartments, matcher, stored);
    }

    @Bean
    StoredVersions storedVersions(
            JdbcClient jdbc, @Lazy DaoRegistry daos, Compartments compartments, FhirContext fhir) {
        return new StoredVersions(new ResourceTables(jdbc), daos, compartments, fhir);
    }

    @Bean
    VisibleRecords visibleRecords(Visibility visibility, Grants grants, StoredVersions stored) {
        return new VisibleRecords(visibility, grants, stored);
    }

    @Bean
    Explanations explanations(InteractionGate gate, Visibility visibility, StoredVersions stored, FhirContext fhir) {
        return new Explanations(gate, visibility, stored, fhir);
    }

    @Bean
    RecordReach recordReach(FhirContext fhir, Grants grants, Visibility visibility, Compartments compartments) {
        return new RecordReach(fhir, grants, visibility, compartments);
    }

    @Bean
    RecordWrites recordWrites(FhirContext fhir, Visibility visibility, Compartments compartments, Grants grants) {
        return new RecordWrites(fhir, visibility, compartments, grants);
    }
}
