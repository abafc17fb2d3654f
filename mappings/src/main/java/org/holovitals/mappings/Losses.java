package org.holovitals.mappings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/** What of a resource does not come back from its rows: the leaf elements of one that the other lacks. */
final class Losses {

    private static final int SHORT = 120;

    private Losses() {}

    static List<Loss> between(Resource original, Resource remade) {
        Map<Loss, Integer> kept = new HashMap<>();
        for (Loss leaf : leaves(remade)) {
            kept.merge(leaf, 1, Integer::sum);
        }
        List<Loss> lost = new ArrayList<>();
        for (Loss leaf : leaves(original)) {
            if (kept.merge(leaf, -1, Integer::sum) < 0) {
                lost.add(new Loss(leaf.path(), shorten(leaf.value())));
            }
        }
        return lost;
    }

    private static List<Loss> leaves(Resource resource) {
        Set<String> origin = Set.of(
                resource.fhirType() + ".id",
                resource.fhirType() + ".meta.versionId",
                resource.fhirType() + ".meta.lastUpdated");
        List<Loss> leaves = new ArrayList<>();
        walk(resource.fhirType(), resource, leaves);
        leaves.removeIf(leaf -> origin.contains(leaf.path()));
        return leaves;
    }

    private static void walk(String path, Base element, List<Loss> leaves) {
        if (element instanceof Narrative narrative) {
            leaves.add(new Loss(path + ".div", String.valueOf(narrative.getDivAsString())));
            return;
        }
        if (element.isPrimitive() && element.primitiveValue() != null) {
            leaves.add(new Loss(path, element.primitiveValue()));
        }
        for (Property property : element.children()) {
            String name = property.getName().replace("[x]", "");
            for (Base child : property.getValues()) {
                if (child != null) {
                    walk(path + "." + name, child, leaves);
                }
            }
        }
    }

    private static String shorten(String value) {
        return value.length() <= SHORT ? value : value.substring(0, SHORT) + "…";
    }
}
