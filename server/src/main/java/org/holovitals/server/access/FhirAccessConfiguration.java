package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.matcher.SearchParamMatcher;
import org.holovitals.server.fhir.CutHistories;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The access check on {@code /fhir}, in the order of a request: gate, narrowing, what is shown, HAPI's own rules. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class FhirAccessConfiguration {

    @Bean
    Compartments compartments(FhirContext fhir) {
        return new Compartments(fhir);
    }

    @Bean
    FhirCalls fhirCalls(Compartments compartments) {
        return new FhirCalls(compartments);
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
    StoredVersions storedVersions(@Lazy DaoRegistry daos) {
        return new StoredVersions(daos);
    }

    /** A service sees every version of what it sees. */
    @Bean
    CutHistories cutHistories() {
        return request ->
                RequestCaller.of(request).filter(caller -> !caller.isService()).isPresent();
    }

    @Bean
    VisibleRecords visibleRecords(
            Visibility visibility, Grants grants, Compartments compartments, StoredVersions stored) {
        return new VisibleRecords(visibility, grants, compartments, stored);
    }

    @Bean
    Explanations explanations(InteractionGate gate, Visibility visibility, StoredVersions stored, FhirContext fhir) {
        return new Explanations(gate, visibility, stored, fhir);
    }

    @Bean
    Operations operations(InteractionGate gate, Visibility visibility) {
        return new Operations(gate, visibility);
    }

    @Bean
    CallerFacts callerFacts(Grants grants) {
        return new CallerFacts(grants);
    }

    @Bean
    PageLinks pageLinks(FhirContext fhir, CallerFacts facts) {
        return new PageLinks(fhir, facts);
    }

    @Bean
    RecordReach recordReach(FhirContext fhir, Grants grants, Visibility visibility, Compartments compartments) {
        return new RecordReach(fhir, grants, visibility, compartments);
    }

    @Bean
    RequestGate requestGate(InteractionGate gate, Visibility visibility, Operations operations, PageLinks pages) {
        return new RequestGate(gate, visibility, operations, pages);
    }

    @Bean
    BundleEntries bundleEntries(InteractionGate gate, Visibility visibility, Operations operations) {
        return new BundleEntries(gate, visibility, operations);
    }

    @Bean
    Narrowing narrowing(
            FhirContext fhir,
            Grants grants,
            InteractionGate gate,
            Compartments compartments,
            @Lazy MatchUrlService criteria) {
        return new Narrowing(fhir, grants, gate, compartments, criteria);
    }

    @Bean
    ShownResources shownResources(Visibility visibility, Grants grants) {
        return new ShownResources(visibility, grants);
    }

    @Bean
    WriteRules writeRules(FhirContext fhir, Visibility visibility, Compartments compartments) {
        return new WriteRules(fhir, visibility, compartments);
    }

    @Bean
    SecondWall secondWall(Grants grants, Compartments compartments) {
        return new SecondWall(grants, compartments);
    }
}
