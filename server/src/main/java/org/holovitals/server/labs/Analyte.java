package org.holovitals.server.labs;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Something that laboratories measure.
 *
 * @param names what reports call it, plain
 * @param scales the plausible values by unit, plain
 */
record Analyte(String name, Set<String> names, Map<String, Scale> scales) {

    /**
     * From the lowest to the highest value that is plausible.
     *
     * @param ucum code of the unit
     * @param codes of LOINC: the one that is written, and those that mean the same in a record
     */
    record Scale(BigDecimal low, BigDecimal high, String ucum, List<String> codes) {
        boolean holds(BigDecimal value) {
            return low.compareTo(value) <= 0 && value.compareTo(high) <= 0;
        }

        String code() {
            return codes.get(0);
        }
    }

    /** The scale of a unit as it is printed. */
    Optional<Scale> scale(String unit) {
        return Optional.ofNullable(scales.get(Plain.unit(unit)));
    }

    /** The unit that is printed; empty where this is not measured in it. */
    Optional<String> unit(String printed) {
        String bare = Plain.edges(printed);
        return bare.isEmpty() || scale(bare).isEmpty() ? Optional.empty() : Optional.of(bare);
    }

    /** The unit that a word is, or looks like. */
    Optional<String> similarUnit(String word) {
        return unit(word).or(() -> ofShape(Plain.shape(Plain.edges(word))));
    }

    private Optional<String> ofShape(String shape) {
        return scales.entrySet().stream()
                .filter(scale -> !shape.isEmpty() && Plain.shape(scale.getKey()).equals(shape))
                .findFirst()
                .map(scale -> printed(scale.getKey(), scale.getValue().ucum()));
    }

    /** With large letters where the code has them. */
    private static String printed(String unit, String ucum) {
        return Plain.unit(ucum).equals(unit) ? ucum : unit;
    }
}
