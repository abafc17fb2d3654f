package org.holovitals.server.consent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Period;
import org.holovitals.server.access.Caller;
import org.holovitals.server.consent.Meaning.Deny;
import org.holovitals.server.consent.Meaning.Nothing;
import org.holovitals.server.consent.Meaning.Permit;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a FHIR R4 Consent of scope patient-privacy comes to. Whatever could narrow or widen it and is not modelled
 * here is refused, so that nothing is promised that is not kept.
 */
final class ConsentReader {
    static final String PROVISION = "Consent.provision";
    private static final Duration LONGEST = Duration.ofDays(3);
    /** Clocks of apps differ. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Users users;
    private final ConsentActors actors;

    ConsentReader(Users users) {
        this.users = users;
        this.actors = new ConsentActors(users);
    }

    /** Whether a Consent is about who may see the record, and not about treatment, research or advance directives. */
    static boolean isPrivacy(Consent consent) {
        return consent.getScope().hasCoding(ConsentCodes.SCOPES, ConsentCodes.PRIVACY);
    }

    Meaning read(Consent consent, Instant now) throws Unenforceable {
        if (consent.getStatus() != ConsentState.ACTIVE) {
            return new Nothing(consent.getStatus() == ConsentState.REJECTED);
        }
        refuse(consent.hasModifierExtension(), "Consent.modifierExtension", "is not understood");
        refuse(!consent.hasProvision(), PROVISION, "is missing");
        ProvisionComponent provision = consent.getProvision();
        refuseUnmodelled(provision, PROVISION);
        if (provision.getType() == ConsentProvisionType.DENY) {
            return deny(provision);
        }
        refuse(provision.getType() != ConsentProvisionType.PERMIT, PROVISION + ".type", "is missing");
        return permit(provision, now);
    }

    private Deny deny(ProvisionComponent provision) throws Unenforceable {
        refuse(provision.hasPeriod(), PROVISION + ".period", "is not for a denial: it holds until it is withdrawn");
        refuse(provision.hasPurpose(), PROVISION + ".purpose", "is not for a denial: it holds for every purpose");
        refuse(provision.hasAction(), PROVISION + ".action", "is not for a denial: it holds for every action");
        refuse(provision.hasProvision(), PROVISION + ".provision", "exceptions to a denial are not supported");
        refuse(provision.hasExtension(), PROVISION + ".extension", "is not for a denial");
        return new Deny(actors.atMostOne(provision), ConsentRules.denied(provision));
    }

    private Permit permit(ProvisionComponent provision, Instant now) throws Unenforceable {
        refuse(
                provision.getPurpose().stream()
                        .anyMatch(purpose -> !ConsentCodes.PURPOSES.equals(purpose.getSystem())
                                || !ConsentCodes.TREATMENT.equals(purpose.getCode())),
                PROVISION + ".purpose",
                "can be TREAT only");
        UUID grantee = actors.one(provision);
        Kind kind = kind(grantee);
        Instant end = end(provision.getPeriod(), kind, now);
        return new Permit(grantee, kind, ConsentRules.permitted(provision), ConsentRules.restrictions(provision), end);
    }

    private Kind kind(UUID grantee) throws Unenforceable {
        Set<String> roles = users.roles(grantee);
        if (roles.contains(Caller.ROLE_CLINICIAN)) {
            return Kind.CLINICIAN;
        }
        refuse(!roles.contains(Caller.ROLE_PATIENT), PROVISION + ".actor", "is neither a clinician nor a patient here");
        return Kind.PROXY;
    }

    private static @Nullable Instant end(Period period, Kind kind, Instant now) throws Unenforceable {
        Instant end = period.hasEnd() ? period.getEnd().toInstant() : null;
        refuse(
                period.hasStart() && period.getStart().toInstant().isAfter(now.plus(SKEW)),
                PROVISION + ".period.start",
                "is in the future: a consent holds at once");
        refuse(end == null && kind != Kind.PROXY, PROVISION + ".period.end", "is missing");
        refuse(end != null && !end.isAfter(now), PROVISION + ".period.end", "is over");
        refuse(
                end != null
                        && kind != Kind.PROXY
                        && end.isAfter(now.plus(LONGEST).plus(SKEW)),
                PROVISION + ".period.end",
                "is more than 72 hours away");
        return end != null && kind != Kind.PROXY && end.isAfter(now.plus(LONGEST)) ? now.plus(LONGEST) : end;
    }

    /** Elements that would cut down what a rule is about. */
    static void refuseUnmodelled(ProvisionComponent rule, String path) throws Unenforceable {
        refuse(rule.hasModifierExtension(), path + ".modifierExtension", "is not understood");
        refuse(rule.hasSecurityLabel(), path + ".securityLabel", "is not supported");
        refuse(rule.hasCode(), path + ".code", "is not supported");
        refuse(rule.hasDataPeriod(), path + ".dataPeriod", "is not supported");
        refuse(rule.hasData(), path + ".data", "is not supported");
    }

    static void refuse(boolean isWrong, String element, String text) throws Unenforceable {
        if (isWrong) {
            throw new Unenforceable(element, text);
        }
    }

    /** The codes of a list that are of one system. */
    static Set<String> codes(List<org.hl7.fhir.r4.model.Coding> codings, String system) {
        return codings.stream()
                .filter(coding -> system.equals(coding.getSystem()))
                .map(coding -> String.valueOf(coding.getCode()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
