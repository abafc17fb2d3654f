package org.holovitals.server.consent;

import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Consents.Permission;
import org.jspecify.annotations.Nullable;

/** Says a grant or a denial as a FHIR R4 Consent. */
final class ConsentWriter {
    /** Whether a Practitioner of this id is stored, so that a Consent may refer to him. */
    private final Predicate<String> practitioners;

    ConsentWriter(Predicate<String> practitioners) {
        this.practitioners = practitioners;
    }

    Consent write(ConsentGrant grant) {
        Consent consent = consent(grant.patient(), grant.times().requested(), true);
        consent.setStatus(state(grant.status()));
        ProvisionComponent provision = consent.getProvision();
        period(provision, grant);
        actor(provision, grant.grantee().user(), grant.grantee().fhirUser());
        if (grant.kind() == Kind.BREAK_GLASS) {
            provision.addPurpose(new Coding(ConsentCodes.PURPOSES, ConsentCodes.EMERGENCY_TREATMENT, null));
        }
        restrict(provision, grant.terms().restrictions());
        permit(provision, grant.terms().permissions());
        return consent;
    }

    Consent write(ConsentDenial denial) {
        Consent consent = consent(denial.patient(), denial.made(), false);
        consent.setStatus(denial.withdrawn() == null ? ConsentState.ACTIVE : ConsentState.INACTIVE);
        if (denial.grantee() != null) {
            actor(consent.getProvision(), denial.grantee(), denial.granteeFhirUser());
        }
        classes(consent.getProvision(), denial.parts());
        return consent;
    }

    static ConsentState state(Status status) {
        return switch (status) {
            case REQUESTED -> ConsentState.PROPOSED;
            case APPROVED -> ConsentState.ACTIVE;
            case DENIED -> ConsentState.REJECTED;
            case REVOKED, EXPIRED -> ConsentState.INACTIVE;
        };
    }

    private static Consent consent(String patient, Instant made, boolean isPermit) {
        Consent consent = new Consent();
        consent.setScope(ConsentCodes.privacy());
        consent.addCategory(ConsentCodes.document());
        consent.setPatient(new Reference("Patient/" + patient));
        consent.setDateTimeElement(time(made));
        consent.setPolicyRule(ConsentCodes.policy(isPermit));
        consent.getProvision().setType(isPermit ? ConsentProvisionType.PERMIT : ConsentProvisionType.DENY);
        return consent;
    }

    private static void period(ProvisionComponent provision, ConsentGrant grant) {
        Instant start = grant.times().granted();
        Instant end = grant.times().expires();
        if (start != null) {
            Period period = new Period().setStartElement(time(start));
            if (end != null) {
                period.setEndElement(time(end));
            }
            provision.setPeriod(period);
        }
    }

    private void actor(ProvisionComponent provision, UUID user, @Nullable String fhirUser) {
        Reference who = fhirUser != null
                        && fhirUser.startsWith("Practitioner/")
                        && practitioners.test(fhirUser.substring("Practitioner/".length()))
                ? new Reference(fhirUser)
                : new Reference()
                        .setIdentifier(
                                new Identifier().setSystem(ConsentCodes.URIS).setValue(ConsentCodes.UUIDS + user));
        provision
                .addActor()
                .setRole(new CodeableConcept(
                        new Coding(ConsentCodes.PARTICIPATIONS, ConsentCodes.RECIPIENT, "information recipient")))
                .setReference(who);
    }

    private static void restrict(ProvisionComponent provision, Restrictions restrictions) {
        restrictions
                .addresses()
                .forEach(network -> provision.addExtension(ConsentCodes.ADDRESS, new StringType(network.toString())));
        restrictions.clients().stream()
                .sorted()
                .forEach(client -> provision.addExtension(ConsentCodes.CLIENT, new StringType(client)));
        if (restrictions.viewOnly()) {
            provision.addExtension(ConsentCodes.VIEW_ONLY, new BooleanType(true));
        }
    }

    /** Parts with the same actions share a rule; several rules are subrules of one. */
    private static void permit(ProvisionComponent provision, Set<Permission> permissions) {
        Map<Part, Set<Action>> byPart = permissions.stream()
                .collect(Collectors.groupingBy(
                        Permission::part,
                        TreeMap::new,
                        Collectors.mapping(Permission::action, Collectors.toCollection(TreeSet::new))));
        Map<List<Action>, List<Part>> byActions = byPart.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> List.copyOf(entry.getValue()),
                        () -> new TreeMap<>(Comparator.comparing(List::toString)),
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        byActions.forEach((actions, parts) -> {
            ProvisionComponent rule =
                    byActions.size() == 1 ? provision : provision.addProvision().setType(ConsentProvisionType.PERMIT);
            actions.forEach(action -> rule.addAction(ConsentCodes.of(action)));
            classes(rule, parts);
        });
    }

    /** The parts by our codes, and for who does not know them by the types of which they are made. */
    private static void classes(ProvisionComponent rule, java.util.Collection<Part> parts) {
        parts.stream()
                .sorted()
                .forEach(part -> rule.addClass_(new Coding(ConsentCodes.PARTS, Permissions.text(part), null)));
        if (!parts.contains(Part.ALL_PHI)) {
            PartTypes.of(parts).forEach(type -> rule.addClass_(new Coding(ConsentCodes.TYPES, type, null)));
        }
    }

    private static DateTimeType time(Instant instant) {
        DateTimeType time = new DateTimeType(Date.from(instant));
        time.setTimeZoneZulu(true);
        time.setPrecision(ca.uhn.fhir.model.api.TemporalPrecisionEnum.MILLI);
        return time;
    }
}
