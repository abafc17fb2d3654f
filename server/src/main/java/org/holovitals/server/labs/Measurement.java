package org.holovitals.server.labs;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value whose meaning is known.
 *
 * @param name the usual one of what was measured
 * @param codes of LOINC: the one that is written, and those that mean the same in a record
 * @param bound {@code <}, {@code >}, {@code ≤} or {@code ≥}; empty for an exact value
 * @param unit as printed; empty where there is none
 * @param ucum code of the unit
 * @param low of the range of reference; null where it is open or there is none
 * @param high of the range of reference; null where it is open or there is none
 */
public record Measurement(
        String name,
        List<String> codes,
        String bound,
        BigDecimal number,
        String unit,
        String ucum,
        @Nullable BigDecimal low,
        @Nullable BigDecimal high) {

    /** The code of LOINC that is written. */
    public String code() {
        return codes.get(0);
    }

    /** The same under one of its codes, which somebody knows to be meant; empty where it is none of them. */
    public Optional<Measurement> under(String code) {
        List<String> first = new ArrayList<>(List.of(code));
        codes.stream().filter(other -> !other.equals(code)).forEach(first::add);
        return codes.contains(code)
                ? Optional.of(new Measurement(name, List.copyOf(first), bound, number, unit, ucum, low, high))
                : Optional.empty();
    }

    /** Whether it is below its range, within or above; what is only bounded, or has no range, is none of them. */
    public Side side() {
        if (!bound.isEmpty() || (low == null && high == null)) {
            return Side.UNKNOWN;
        } else if (low != null && number.compareTo(low) < 0) {
            return Side.LOW;
        }
        return high != null && number.compareTo(high) > 0 ? Side.HIGH : Side.NORMAL;
    }

    /** Where a value lies by its range. */
    public enum Side {
        /** Below. */
        LOW,
        /** Within. */
        NORMAL,
        /** Above. */
        HIGH,
        /** That cannot be told. */
        UNKNOWN
    }
}
