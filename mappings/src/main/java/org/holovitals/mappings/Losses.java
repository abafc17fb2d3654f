package org.holovitals.mappings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Resource;

/** What a resource holds and the resource made again from its rows does not: found by comparing every leaf of the two. */
final class Losses {
    private static final int SHORT = 80;

    private Losses() {}

    static List<Loss> between(Resource original, Resource remade) {
        Map<Leaves.Leaf, Integer> held = new HashMap<>();
        Leaves.visit(remade, leaf -> held.merge(leaf, 1, Integer::sum));
        List<Loss> losses = new ArrayList<>();
        Leaves.visit(original, leaf -> {
            if (!take(held, leaf)) {
                losses.add(new Loss(leaf.path(), shortened(leaf.value())));
            }
        });
        return losses;
    }

    private static boolean take(Map<Leaves.Leaf, Integer> held, Leaves.Leaf leaf) {
        Integer left = held.get(leaf);
        if (left == null || left == 0) {
            return false;
        }
        held.put(leaf, left - 1);
        return true;
    }

    private static String shortened(String value) {
        return value.length() <= SHORT ? value : value.substring(0, SHORT - 1) + "…";
    }
}
