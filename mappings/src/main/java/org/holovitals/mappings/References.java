package org.holovitals.mappings;

import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Literal references, of which a row keeps the text and the display. */
final class References {
    private static final Pattern PATIENT = Pattern.compile("Patient/([A-Za-z0-9.-]{1,64})(?:/_history/.*)?");

    private References() {}

    static @Nullable String literal(Reference reference) {
        return Texts.value(reference.getReferenceElement_());
    }

    static @Nullable String display(Reference reference) {
        return Texts.value(reference.getDisplayElement());
    }

    /** The id of the patient on this server that the reference names; null for any other reference. */
    static @Nullable String patientId(Reference reference) {
        String literal = literal(reference);
        var patient = PATIENT.matcher(literal == null ? "" : literal);
        return patient.matches() ? patient.group(1) : null;
    }

    /** The reference; null where it would be empty. */
    static @Nullable Reference reference(@Nullable String literal, @Nullable String display) {
        if (literal == null && display == null) {
            return null;
        }
        var reference = new Reference();
        reference.setReference(literal);
        reference.setDisplay(display);
        return reference;
    }

    /** The patient whom a row is about; null when it names none. */
    static @Nullable Reference patient(Origin origin) {
        return reference(origin.patientId() == null ? null : "Patient/" + origin.patientId(), null);
    }
}
