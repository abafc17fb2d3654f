package org.holovitals.server.importing;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.fhir.RepeatedConditionException;
import org.jspecify.annotations.Nullable;

/** Finds the entry of a bundle that holds the reference for which the whole bundle was refused. */
final class Culprit {
    private Culprit() {}

    static @Nullable Integer of(List<BundleEntryComponent> entries, Throwable problem) {
        if (problem instanceof RepeatedConditionException repeated) {
            return repeated.entry();
        }
        Optional<String> target = Reasons.missingTarget(problem);
        if (target.isEmpty() || entries.size() < 2) {
            return null;
        }
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).hasResource() && refersTo(entries.get(i).getResource(), target.get())) {
                return i;
            }
        }
        return null;
    }

    private static boolean refersTo(Base element, String target) {
        if (element instanceof Reference reference && target.equals(reference.getReference())) {
            return true;
        }
        return element.children().stream()
                .map(Property::getValues)
                .flatMap(List::stream)
                .anyMatch(child -> child != null && refersTo(child, target));
    }
}
