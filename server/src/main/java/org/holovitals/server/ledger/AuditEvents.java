package org.holovitals.server.ledger;

import ca.uhn.fhir.storage.interceptor.balp.BalpConstants;
import ca.uhn.fhir.storage.interceptor.balp.BalpProfileEnum;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/** Rows of the log as AuditEvents in the form of IHE BALP 1.1 (https://profiles.ihe.net/ITI/BALP). */
final class AuditEvents {
    static final String USER = "urn:holovitals:user";
    static final String CLIENT = "urn:holovitals:client";

    private static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private static final String PURPOSE = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    private static final String SOURCE_TYPE = "http://terminology.hl7.org/CodeSystem/security-source-type";
    private static final String BALP_ENTITY = "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType";
    private static final String SERVER = "HoloVitals";

    private static final Map<String, List<BalpProfileEnum>> PROFILES = Map.of(
            "read", List.of(BalpProfileEnum.BASIC_READ, BalpProfileEnum.PATIENT_READ),
            "vread", List.of(BalpProfileEnum.BASIC_READ, BalpProfileEnum.PATIENT_READ),
            "search-type", List.of(BalpProfileEnum.BASIC_QUERY, BalpProfileEnum.PATIENT_QUERY),
            "create", List.of(BalpProfileEnum.BASIC_CREATE, BalpProfileEnum.PATIENT_CREATE),
            "update", List.of(BalpProfileEnum.BASIC_UPDATE, BalpProfileEnum.PATIENT_UPDATE),
            "patch", List.of(BalpProfileEnum.BASIC_UPDATE, BalpProfileEnum.PATIENT_UPDATE),
            "delete", List.of(BalpProfileEnum.BASIC_DELETE, BalpProfileEnum.PATIENT_DELETE));

    private final Set<String> types;

    /** With the names of all resource types. */
    AuditEvents(Set<String> types) {
        this.types = types;
    }

    AuditEvent of(AuditRow row, Map<UUID, KnownConsents.Grant> known) {
        List<KnownConsents.Grant> consents = KnownConsents.of(row, known);
        AuditEvent event = new AuditEvent();
        event.setId(row.id().toString());
        event.getMeta().setVersionId("1").setLastUpdated(Date.from(row.recorded()));
        profile(row).ifPresent(profile -> event.getMeta().addProfile(profile.getProfileUrl()));
        event.setType(AuditCodes.type(row.resource(), row.action()));
        AuditCodes.subtypes(row.action()).forEach(event::addSubtype);
        event.setAction(AuditCodes.letter(row.action()));
        event.getPeriod().setStart(Date.from(row.timestamp())).setEnd(Date.from(row.timestamp()));
        event.setRecorded(Date.from(row.timestamp()));
        event.setOutcome(AuditCodes.outcome(row.outcome()));
        event.setOutcomeDesc(row.outcome());
        purpose(row, consents).ifPresent(event::addPurposeOfEvent);
        addAgents(event, row, consents);
        event.getSource().setObserver(new Reference().setDisplay(SERVER));
        event.getSource().addType(new Coding(SOURCE_TYPE, "4", "Application Server"));
        addEntities(event, row);
        return event;
    }

    /** One about a patient has BALP's profile for that. */
    private static Optional<BalpProfileEnum> profile(AuditRow row) {
        return Optional.ofNullable(PROFILES.get(row.action()))
                .map(profiles -> profiles.get(row.patients().isEmpty() ? 0 : 1));
    }

    private static Optional<CodeableConcept> purpose(AuditRow row, List<KnownConsents.Grant> consents) {
        boolean isEmergency =
                row.action().equals("break-glass") || consents.stream().anyMatch(KnownConsents.Grant::isEmergency);
        if (isEmergency) {
            return Optional.of(purpose("BTG", "break the glass"));
        }
        return consents.stream()
                .map(consent -> consent.kind().equals("proxy")
                        ? purpose("FAMRQT", "family requested")
                        : purpose("TREAT", "treatment"))
                .findFirst();
    }

    private static CodeableConcept purpose(String code, String display) {
        return new CodeableConcept().addCoding(new Coding(PURPOSE, code, display));
    }

    private void addAgents(AuditEvent event, AuditRow row, List<KnownConsents.Grant> consents) {
        BalpProfileEnum roles = profile(row).orElse(BalpProfileEnum.BASIC_QUERY);
        AuditRow.Actor who = row.who();
        if (who.user() != null) {
            AuditEventAgentComponent user = event.addAgent()
                    .setType(new CodeableConcept().addCoding(userType(row.action())))
                    .setRequestor(true)
                    .setWho(person(who));
            consents.forEach(consent -> user.addPolicy("urn:uuid:" + consent.id()));
        }
        AuditEventAgentComponent client = event.addAgent()
                .setType(new CodeableConcept().addCoding(roles.getAgentClientTypeCoding()))
                .setRequestor(who.user() == null)
                .setWho(app(who.client()));
        if (who.address() != null) {
            client.getNetwork().setAddress(who.address()).setType(AuditEventAgentNetworkType._2);
        }
        event.addAgent()
                .setType(new CodeableConcept().addCoding(roles.getAgentServerTypeCoding()))
                .setRequestor(false)
                .setWho(new Reference().setDisplay(SERVER));
    }

    /** Who writes is the author of something, who reads gets it. */
    private static Coding userType(String action) {
        return switch (AuditCodes.letter(action)) {
            case C, U, D -> new Coding(PARTICIPATION, "AUT", "author (originator)");
            default -> new Coding(PARTICIPATION, "IRCP", "information recipient");
        };
    }

    private Reference person(AuditRow.Actor who) {
        Reference person = new Reference().setDisplay(who.name());
        person.setIdentifier(new Identifier().setSystem(USER).setValue(String.valueOf(who.user())));
        if (who.fhirUser() != null && isReference(who.fhirUser())) {
            person.setReference(who.fhirUser());
        }
        return person;
    }

    private static Reference app(@Nullable String client) {
        return client == null
                ? new Reference().setDisplay("unknown")
                : new Reference()
                        .setIdentifier(new Identifier().setSystem(CLIENT).setValue(client))
                        .setDisplay(client);
    }

    private boolean isReference(String text) {
        int slash = text.indexOf('/');
        return slash > 0 && types.contains(text.substring(0, slash));
    }

    private void addEntities(AuditEvent event, AuditRow row) {
        row.patients().forEach(patient -> event.addEntity()
                .setType(systemType(BalpConstants.CS_AUDIT_ENTITY_TYPE_1_PERSON, "Person"))
                .setRole(role(BalpConstants.CS_OBJECT_ROLE_1_PATIENT, "Patient"))
                .setWhat(new Reference("Patient/" + patient)));
        addResource(event, row);
        String query = row.query();
        if (query != null) {
            event.addEntity()
                    .setType(systemType(BalpConstants.CS_AUDIT_ENTITY_TYPE_2_SYSTEM_OBJECT, "System Object"))
                    .setRole(role(BalpConstants.CS_OBJECT_ROLE_24_QUERY, "Query"))
                    .setQuery(query.getBytes(StandardCharsets.UTF_8));
        }
        String request = row.detail("request");
        if (request != null) {
            event.addEntity()
                    .setType(new Coding(BALP_ENTITY, "XrequestId", null))
                    .setWhat(new Reference().setIdentifier(new Identifier().setValue(request)));
        }
    }

    /** What it was done to; the patient herself stands there already. */
    private void addResource(AuditEvent event, AuditRow row) {
        String id = row.resourceId();
        if (id != null && row.resource().equals("Patient") && row.patients().contains(id)) {
            return;
        }
        AuditEventEntityComponent entity = event.addEntity()
                .setType(systemType(BalpConstants.CS_AUDIT_ENTITY_TYPE_2_SYSTEM_OBJECT, "System Object"))
                .setRole(role(BalpConstants.CS_OBJECT_ROLE_4_DOMAIN_RESOURCE, "Domain Resource"));
        boolean isOfFhir = types.contains(row.resource()) && !AuditCodes.isOfAccount(row.resource(), row.action());
        if (id != null && isOfFhir) {
            entity.setWhat(new Reference(row.resource() + "/" + id));
        } else {
            entity.setWhat(new Reference()
                    .setTypeElement(new UriType(isOfFhir ? row.resource() : null))
                    .setIdentifier(id == null ? null : new Identifier().setValue(id))
                    .setDisplay(row.resource()));
        }
    }

    private static Coding systemType(String code, String display) {
        return new Coding(BalpConstants.CS_AUDIT_ENTITY_TYPE, code, display);
    }

    private static Coding role(String code, String display) {
        return new Coding(BalpConstants.CS_OBJECT_ROLE, code, display);
    }
}
