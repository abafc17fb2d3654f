package org.holovitals.server.apple;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Both pressures of one measurement, while they are read. */
final class Pair {
    private @Nullable BigDecimal systolic;
    private @Nullable BigDecimal diastolic;
    private @Nullable String unit;
    private boolean isMixed;

    /** Takes one of them; other records of a correlation are passed over. */
    void take(String type, String itsUnit, @Nullable BigDecimal value) {
        if (type.equals(Measure.SYSTOLIC_TYPE)) {
            systolic = value;
        } else if (type.equals(Measure.DIASTOLIC_TYPE)) {
            diastolic = value;
        } else {
            return;
        }
        isMixed |= unit != null && !unit.equals(itsUnit);
        unit = itsUnit;
    }

    /** Empty when one is missing, or both are not in one unit. */
    Optional<Reading> reading(String source, Moment start, @Nullable Moment end) {
        String ucum = unit == null ? null : Measure.BLOOD_PRESSURE.unit(unit);
        if (systolic == null || diastolic == null || ucum == null || isMixed) {
            return Optional.empty();
        }
        Moment until = end == null || end.compareTo(start) < 0 ? start : end;
        return Optional.of(
                new Reading(Measure.BLOOD_PRESSURE, source, ucum, start, until, List.of(systolic, diastolic)));
    }
}
