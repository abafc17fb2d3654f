package org.holovitals.server.access;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.interceptor.auth.AuthorizationFlagsEnum;
import ca.uhn.fhir.rest.server.interceptor.auth.AuthorizationInterceptor;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthRule;
import ca.uhn.fhir.rest.server.interceptor.auth.RuleBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IdType;
import org.holovitals.server.fhir.FhirServerInterceptor;

/**
 * HAPI's own authorization behind ours: whatever comes back has to be in a compartment that the caller sees. It knows
 * nothing of scopes and has nothing to refuse unless the checks before it failed.
 */
public final class SecondWall extends AuthorizationInterceptor implements FhirServerInterceptor {
    private final Grants grants;
    private final Compartments compartments;

    SecondWall(Grants grants, Compartments compartments) {
        this.grants = grants;
        this.compartments = compartments;
        setFlags(AuthorizationFlagsEnum.DO_NOT_PROACTIVELY_BLOCK_COMPARTMENT_READ_ACCESS);
    }

    /** The rules of one request. */
    @Override
    public List<IAuthRule> buildRuleList(RequestDetails request) {
        if (!RequestCaller.isKnown(request)) {
            return new RuleBuilder().allow().metadata().build();
        }
        Optional<Caller> caller = RequestCaller.of(request);
        RuleBuilder rules = new RuleBuilder();
        // Of what is read past HAPI nothing comes by here: it is looked at where it is read.
        if (DirectRead.isOn(request) || caller.filter(Caller::isService).isPresent()) {
            return rules.allowAll().build();
        }
        caller.ifPresent(known -> read(rules, grants.patients(known)));
        caller.filter(SecondWall::readsTheLog)
                .ifPresent(known ->
                        rules.allow().read().resourcesOfType(LogReach.TYPE).withAnyId());
        write(rules);
        return rules.denyAll().build();
    }

    private static boolean readsTheLog(Caller caller) {
        return Stream.of(Interaction.READ, Interaction.SEARCH)
                .anyMatch(interaction -> LogReach.of(caller, interaction).isEverything());
    }

    private void read(RuleBuilder rules, Set<String> patients) {
        rules.allow().metadata();
        // A document is one resource, made of what was searched with the caller's rights.
        rules.allow().operation().named("$summary").onAnyInstance().andAllowAllResponses();
        rules.allow().operation().withAnyName().atAnyLevel().andRequireExplicitResponseAuthorization();
        compartments
                .shared()
                .forEach(type -> rules.allow().read().resourcesOfType(type).withAnyId());
        List.of("OperationOutcome", "Parameters")
                .forEach(type -> rules.allow().read().resourcesOfType(type).withAnyId());
        if (!patients.isEmpty()) {
            rules.allow()
                    .read()
                    .allResources()
                    .inCompartment(
                            "Patient",
                            patients.stream()
                                    .map(id -> new IdType("Patient", id))
                                    .toList());
        }
    }

    /** {@link WriteRules} look at each write; this wall is for what comes back. */
    private static void write(RuleBuilder rules) {
        rules.allow().write().allResources().withAnyId();
        rules.allow().delete().allResources().withAnyId();
        rules.allow().createConditional().allResources();
        rules.allow().updateConditional().allResources();
        rules.allow().deleteConditional().allResources();
        rules.allow().patch().allRequests();
        rules.allow().transaction().withAnyOperation().andApplyNormalRules();
    }
}
