package org.holovitals.server.access;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.IdType;

/** What other features ask before they hand on a part of somebody's record, and when they tell whose it was. */
public final class VisibleRecords {
    private final Visibility visibility;
    private final Grants grants;
    private final StoredVersions stored;

    VisibleRecords(Visibility visibility, Grants grants, StoredVersions stored) {
        this.visibility = visibility;
        this.grants = grants;
        this.stored = stored;
    }

    /** Whether a resource is there, is the patient's, and may be read by the caller. */
    public boolean mayRead(Caller caller, String type, String id, String patient) {
        return visibility.meets(caller, new IdType(type, id), patient, Interaction.READ);
    }

    /** Whether a resource is there, is the patient's, and may be met by the caller in a way other than reading, too. */
    public boolean may(Caller caller, Interaction interaction, String type, String id, String patient) {
        return visibility.meets(caller, new IdType(type, id), patient, interaction);
    }

    /**
     * The same of several at one look: the references of those that are there, such as {@code Condition/7}, each with whether it is
     * the patient's and may be met.
     */
    public Map<String, Boolean> met(
            Caller caller, Interaction interaction, Collection<String> references, String patient) {
        return visibility.met(caller, references.stream().map(IdType::new).toList(), patient, interaction);
    }

    /** Whether a caller's scopes and the patient's consent reach anything of her record now. */
    public boolean reaches(Caller caller, String patient) {
        return grants.patients(caller).contains(patient);
    }

    /** Whether a patient lets a caller, whatever his scopes, see anything of her record now. */
    public boolean isConsented(Caller caller, String patient) {
        return grants.held(caller).patients().contains(patient);
    }

    /** The consents of some patients by which a caller's scopes reach them; none for the own record and for services. */
    public Set<UUID> grantsFor(Caller caller, Set<String> patients) {
        return grants.consents(caller, patients);
    }

    /** The consents and denials of a patient that hold for a caller, whatever his scopes. */
    public Set<UUID> heldOf(Caller caller, String patient) {
        return grants.held(caller).idsOf(patient);
    }

    /** The FHIR ids of the patients in whose compartments a stored resource is now; nobody's when it is not there. */
    public Set<String> owners(String type, String id) {
        return stored.current(new IdType(type, id)).map(Facts::owners).orElse(Set.of());
    }
}
