package org.holovitals.server.consent;

import static org.holovitals.server.consent.ConsentReader.PROVISION;
import static org.holovitals.server.consent.ConsentReader.refuse;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;

/** Finds the user whom a Consent names: by the Practitioner that is his, or by the URN of his row. */
final class ConsentActors {
    private static final String ACTOR = PROVISION + ".actor";
    private static final Set<String> RECIPIENTS = Set.of(ConsentCodes.RECIPIENT, "PRCP");

    private final Users users;

    ConsentActors(Users users) {
        this.users = users;
    }

    /** The one who is permitted something. */
    UUID one(ProvisionComponent provision) throws Unenforceable {
        UUID actor = atMostOne(provision);
        if (actor == null) {
            throw new Unenforceable(ACTOR, "is missing: a consent is given to somebody");
        }
        return actor;
    }

    /** The one from whom something is kept; null for everybody. */
    @Nullable
    UUID atMostOne(ProvisionComponent provision) throws Unenforceable {
        List<provisionActorComponent> actors = provision.getActor();
        refuse(actors.size() > 1, ACTOR, "names several: write a Consent for each");
        return actors.isEmpty() ? null : user(actors.get(0));
    }

    private UUID user(provisionActorComponent actor) throws Unenforceable {
        refuse(!isRecipient(actor), ACTOR + ".role", "has to be IRCP or PRCP of v3-ParticipationType");
        Reference who = actor.getReference();
        Optional<UUID> user = who.hasReference() ? byResource(who.getReference()) : byIdentifier(who);
        return user.orElseThrow(() -> new Unenforceable(
                ACTOR + ".reference",
                "is not a Practitioner whom exactly one user here is, nor urn:uuid: and a user's id"));
    }

    private static boolean isRecipient(provisionActorComponent actor) {
        return actor.getRole().getCoding().stream().anyMatch(ConsentActors::isRecipient);
    }

    private static boolean isRecipient(Coding role) {
        return ConsentCodes.PARTICIPATIONS.equals(role.getSystem())
                && RECIPIENTS.contains(String.valueOf(role.getCode()));
    }

    private Optional<UUID> byResource(String reference) {
        List<UUID> known = reference.startsWith("Practitioner/") ? users.ofFhirUser(reference) : List.of();
        return known.size() == 1 ? Optional.of(known.get(0)) : Optional.empty();
    }

    private Optional<UUID> byIdentifier(Reference who) {
        String value = String.valueOf(who.getIdentifier().getValue());
        if (!ConsentCodes.URIS.equals(who.getIdentifier().getSystem()) || !value.startsWith(ConsentCodes.UUIDS)) {
            return Optional.empty();
        }
        try {
            return users.known(UUID.fromString(value.substring(ConsentCodes.UUIDS.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
