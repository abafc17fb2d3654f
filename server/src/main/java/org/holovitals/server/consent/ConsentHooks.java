package org.holovitals.server.consent;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.holovitals.server.access.Caller;
import org.holovitals.server.consent.Meaning.Nothing;
import org.holovitals.server.fhir.StorageHooks;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;

/**
 * Enforces a Consent of scope patient-privacy from the transaction on in which it is written. Only the patient decides
 * about the own record; what cannot be enforced is refused. A service, or an import, may bring Consents of other times and
 * places: of those only what names a user of this server, and can be enforced, is.
 */
@Interceptor
public final class ConsentHooks implements StorageHooks {
    private final WrittenConsents written;
    private final ConsentReader reader;
    private final Users users;
    private final Clock clock;

    ConsentHooks(WrittenConsents written, ConsentReader reader, Users users, Clock clock) {
        this.written = written;
        this.reader = reader;
        this.users = users;
        this.clock = clock;
    }

    /** A new Consent, or one that was deleted and is written again. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(IBaseResource resource, RequestDetails request) {
        if (resource instanceof Consent consent && !ConsentResources.isOurs(request)) {
            write(null, consent, request);
        }
    }

    /** A new version. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(IBaseResource former, IBaseResource resource, RequestDetails request) {
        if (former instanceof Consent before
                && resource instanceof Consent consent
                && !ConsentResources.isOurs(request)
                && !says(before, consent)) {
            write(before, consent, request);
        }
    }

    /** What hung on it ends. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
    public void deleted(IBaseResource resource, RequestDetails request) {
        if (resource instanceof Consent consent && !ConsentResources.isOurs(request) && written.isKnown(id(consent))) {
            Optional<Caller> caller = caller(request);
            caller.ifPresent(known -> requireOwner(consent, known));
            end(consent);
        }
    }

    private void write(@Nullable Consent former, Consent now, RequestDetails request) {
        Optional<Caller> caller = caller(request);
        if (!ConsentReader.isPrivacy(now) && !written.isKnown(id(now))) {
            caller.ifPresent(known -> requireScope(now));
            return;
        }
        caller.ifPresent(known -> {
            requireOwner(now, known);
            if (former != null) {
                requireOwner(former, known);
            }
        });
        try {
            enforce(now);
        } catch (Unenforceable e) {
            if (caller.isPresent() || written.isKnown(id(now))) {
                throw refusal(e);
            }
            // A record of what was agreed elsewhere.
            Caller.of(request)
                    .ifPresent(service -> service.call().record().detail("consent", "without effect: " + e.element()));
        }
    }

    private void enforce(Consent consent) throws Unenforceable {
        Meaning meaning = ConsentReader.isPrivacy(consent)
                ? reader.read(consent, clock.instant().truncatedTo(ChronoUnit.MICROS))
                : new Nothing(false);
        written.apply(id(consent), WrittenConsents.patient(consent).orElse(""), meaning);
    }

    /** Somebody may have meant one that is enforced. */
    private static void requireScope(Consent consent) {
        if (consent.getStatus() == ConsentState.ACTIVE && !consent.getScope().hasCoding()) {
            throw refusal(new Unenforceable("Consent.scope", "has no code that tells what it is about"));
        }
    }

    private void end(Consent consent) {
        try {
            written.apply(id(consent), WrittenConsents.patient(consent).orElse(""), new Nothing(false));
        } catch (Unenforceable e) {
            throw refusal(e);
        }
    }

    /** A user who writes; empty for a service and for the server itself. */
    private static Optional<Caller> caller(RequestDetails request) {
        return Caller.of(request).filter(caller -> !caller.isService());
    }

    /** Not the clinician who may write into the record, nor a proxy. */
    private void requireOwner(Consent consent, Caller caller) {
        Optional<UUID> owner = WrittenConsents.patient(consent).flatMap(users::ofPatient);
        if (owner.isEmpty() || !owner.equals(users.bySubject(caller.subject()))) {
            throw new ForbiddenOperationException("Only the patient decides who may see the record");
        }
    }

    /** Whether two versions say the same, whatever else was changed. */
    private static boolean says(Consent one, Consent other) {
        return one.getStatus() == other.getStatus()
                && one.getScope().equalsDeep(other.getScope())
                && Objects.equals(
                        one.getPatient().getReference(), other.getPatient().getReference())
                && one.getProvision().equalsDeep(other.getProvision())
                && one.getModifierExtension().isEmpty()
                        == other.getModifierExtension().isEmpty();
    }

    private static String id(Consent consent) {
        return consent.getIdElement().getIdPart();
    }

    private static UnprocessableEntityException refusal(Unenforceable reason) {
        String text = reason.element() + " " + reason.getMessage();
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(IssueSeverity.ERROR)
                .setCode(IssueType.NOTSUPPORTED)
                .setDiagnostics(text)
                .addExpression(reason.element());
        return new UnprocessableEntityException(text, outcome);
    }
}
