package org.holovitals.server.consent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Consent;
import org.holovitals.server.consent.ConsentGrant.Terms;
import org.holovitals.server.consent.Meaning.Deny;
import org.holovitals.server.consent.Meaning.Nothing;
import org.holovitals.server.consent.Meaning.Permit;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;

/**
 * Brings grants and denials in line with a Consent that was written over FHIR, in the transaction of that write. What a
 * Consent said before ends; the row stays as what held then, and lets go of the Consent.
 */
final class WrittenConsents {
    private final ConsentGrants grants;
    private final GrantList list;
    private final ConsentDenials denials;
    private final ConsentNews news;
    private final Users users;

    WrittenConsents(ConsentGrants grants, GrantList list, ConsentDenials denials, ConsentNews news, Users users) {
        this.grants = grants;
        this.list = list;
        this.denials = denials;
        this.news = news;
        this.users = users;
    }

    /** Whether a grant or a denial hangs on a Consent. */
    boolean isKnown(String fhirId) {
        return list.ofConsent(fhirId).isPresent() || denials.ofConsent(fhirId).isPresent();
    }

    /** What the Consent of this id says now. */
    void apply(String fhirId, String patient, Meaning meaning) throws Unenforceable {
        requireSame(fhirId, patient);
        if (meaning instanceof Permit permit) {
            permit(fhirId, patient, permit);
        } else if (meaning instanceof Deny deny) {
            end(fhirId, false);
            release(fhirId);
            denials.add(patient, owner(patient), deny.grantee(), deny.parts(), null, fhirId);
        } else if (meaning instanceof Nothing nothing) {
            end(fhirId, nothing.isRejected());
        }
    }

    /** Nobody ends what is another patient's by taking over its Consent. */
    private void requireSame(String fhirId, String patient) throws Unenforceable {
        boolean isOthers = list.ofConsent(fhirId)
                        .filter(grant -> !grant.patient().equals(patient))
                        .isPresent()
                || denials.ofConsent(fhirId)
                        .filter(denial -> !denial.patient().equals(patient))
                        .isPresent();
        ConsentReader.refuse(isOthers, "Consent.patient", "cannot be changed");
    }

    private void permit(String fhirId, String patient, Permit permit) throws Unenforceable {
        UUID owner = owner(patient);
        ConsentReader.refuse(
                owner == null && permit.kind() == Kind.CLINICIAN,
                "Consent.patient",
                "is a record that nobody has claimed, so nobody can consent for it here");
        ConsentReader.refuse(
                !Permissions.isFor(permit.kind(), permit.permissions()),
                ConsentReader.PROVISION + ".action",
                "lets somebody decide who is no proxy");
        ConsentReader.refuse(
                permit.grantee().equals(owner), ConsentReader.PROVISION + ".actor", "is whose own record it is");
        Optional<ConsentGrant> request = list.ofConsent(fhirId)
                .filter(grant -> grant.status() == Status.REQUESTED && grant.isGivenTo(permit.grantee()));
        Instant now = grants.now();
        if (request.isPresent()) {
            answer(request.get(), permit, now);
            return;
        }
        end(fhirId, false);
        release(fhirId);
        UUID id = grants.add(
                new Draft(
                        permit.kind(),
                        patient,
                        owner,
                        permit.grantee(),
                        terms(permit, now),
                        null,
                        Urgency.ROUTINE,
                        now,
                        permit.end()),
                fhirId);
        list.get(id).ifPresent(news::approved);
    }

    /** A patient's app may cut down what was asked for, not go beyond it. */
    private void answer(ConsentGrant request, Permit permit, Instant now) throws Unenforceable {
        ConsentReader.refuse(
                !permit.permissions().stream()
                        .allMatch(each -> Permissions.cover(request.terms().permissions(), each)),
                ConsentReader.PROVISION,
                "permits more than was asked for");
        Terms terms = terms(permit, now);
        Integer asked = request.terms().hours();
        ConsentReader.refuse(
                asked != null && (terms.hours() == null || terms.hours() > asked),
                ConsentReader.PROVISION + ".period.end",
                "is later than was asked for");
        ConsentReader.refuse(
                !grants.approve(request.id(), terms, now, permit.end(), request.owner()),
                "Consent.status",
                "was changed by somebody else at the same time");
        list.get(request.id()).ifPresent(news::approved);
    }

    private static Terms terms(Permit permit, Instant now) {
        return new Terms(permit.permissions(), permit.restrictions(), hours(permit, now));
    }

    /** Begun hours count whole. */
    private static @Nullable Integer hours(Permit permit, Instant now) {
        return permit.kind() == Kind.PROXY || permit.end() == null
                ? null
                : Math.max(1, (int) Duration.between(now, permit.end())
                        .plusHours(1)
                        .minusNanos(1)
                        .toHours());
    }

    private void end(String fhirId, boolean isRejected) {
        list.ofConsent(fhirId).ifPresent(grant -> {
            if (isRejected && grants.deny(grant.id(), "Denied in an app", grant.owner())) {
                news.denied(grant);
            } else if (grants.revoke(grant.id(), null, grant.owner())) {
                news.revoked(grant);
            } else if (grants.withdraw(grant.id())) {
                news.denied(grant);
            }
        });
        denials.ofConsent(fhirId).ifPresent(denial -> denials.withdraw(denial.id()));
    }

    private void release(String fhirId) {
        grants.release(fhirId);
        denials.release(fhirId);
    }

    private @Nullable UUID owner(String patient) {
        return users.ofPatient(patient).orElse(null);
    }

    /** The FHIR id of the Patient whom a Consent names; empty for none of this server. */
    static Optional<String> patient(Consent consent) {
        return Optional.of(consent.getPatient().getReferenceElement())
                .filter(reference -> !reference.hasBaseUrl() && "Patient".equals(reference.getResourceType()))
                .map(reference -> reference.getIdPart());
    }
}
