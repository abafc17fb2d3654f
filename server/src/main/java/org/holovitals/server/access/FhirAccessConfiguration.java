package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
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
    FhirCalls fhirCalls(Compartments compartments) {
        return new FhirCalls(compartments);
    }

    /** A service sees every version of what it sees. */
    @Bean
    CutHistories cutHistories() {
        return request ->
                RequestCaller.of(request).filter(caller -> !caller.isService()).isPresent();
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
