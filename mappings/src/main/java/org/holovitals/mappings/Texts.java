package org.holovitals.mappings;

import java.util.List;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Plain strings out of FHIR elements: null where there is nothing. */
final class Texts {

    private Texts() {}

    static @Nullable String of(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    /** The code of a required binding; null for what a lenient parser let through. */
    static @Nullable String code(Enumeration<?> element) {
        return element.getValue() == null ? null : of(element.getValueAsString());
    }

    static @Nullable String notes(List<Annotation> notes) {
        List<String> texts = notes.stream()
                .filter(Annotation::hasText)
                .map(Annotation::getText)
                .toList();
        return texts.isEmpty() ? null : String.join("\n\n", texts);
    }

    static List<Annotation> annotations(@Nullable String notes) {
        return notes == null ? List.of() : List.of(new Annotation().setText(notes));
    }

    static @Nullable String reference(Reference reference) {
        return of(reference.getReference());
    }

    static @Nullable Reference reference(@Nullable String reference, @Nullable String display) {
        if (reference == null && display == null) {
            return null;
        }
        return new Reference(reference).setDisplay(display);
    }
}
