package org.holovitals.mappings;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** What a MedicationRequest or MedicationStatement is about: a concept, or a Medication that is contained or elsewhere. */
record Drug(
        @Nullable String name,
        @Nullable Code code,
        @Nullable String reference) {
    private static final List<String> PREFERRED = List.of(Systems.RXNORM);

    static Drug of(DomainResource holder, @Nullable Type medication, MedicationLookup lookup) {
        if (medication instanceof CodeableConcept concept) {
            return of(concept, null, null);
        }
        return medication instanceof Reference reference ? of(holder, reference, lookup) : new Drug(null, null, null);
    }

    private static Drug of(DomainResource holder, Reference reference, MedicationLookup lookup) {
        String literal = References.literal(reference);
        String display = References.display(reference);
        var found = literal == null ? null : find(holder, literal, lookup);
        return found == null ? new Drug(display, null, literal) : of(found.getCode(), display, literal);
    }

    private static Drug of(CodeableConcept concept, @Nullable String display, @Nullable String reference) {
        var code = Concepts.code(concept, PREFERRED);
        return new Drug(Texts.or(Concepts.name(concept, code), display), code, reference);
    }

    private static @Nullable Medication find(DomainResource holder, String reference, MedicationLookup lookup) {
        return isLocal(reference) ? contained(holder, reference.substring(1)) : lookup.find(reference);
    }

    private static @Nullable Medication contained(DomainResource holder, String id) {
        for (Resource contained : holder.getContained()) {
            if (contained instanceof Medication medication && id.equals(localId(contained))) {
                return medication;
            }
        }
        return null;
    }

    /** HAPI writes the id of a contained resource with or without its hash, depending on who made it. */
    private static String localId(Resource contained) {
        String id = contained.getIdElement().getIdPart();
        return id == null ? "" : id.startsWith("#") ? id.substring(1) : id;
    }

    private static boolean isLocal(String reference) {
        return reference.startsWith("#");
    }

    /** The element for it. A contained Medication is made again; another one is named and pointed to. */
    @Nullable
    Type element(DomainResource holder) {
        if (reference == null) {
            return Concepts.concept(code, name);
        }
        if (!isLocal(reference)) {
            return References.reference(reference, name);
        }
        var contained = new Medication().setCode(Concepts.concept(code, name));
        contained.setId(reference.substring(1));
        holder.addContained(contained);
        return References.reference(reference, null);
    }
}
