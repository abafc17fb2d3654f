package org.holovitals.server.labs;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value as a report prints it.
 *
 * @param name the usual one of what was measured
 * @param printed the name as printed
 * @param value as printed
 * @param unit as printed; null where none that is known stands there
 * @param range as printed; null where none stands there
 * @param isAbnormal whether it is outside of that range; null where that cannot be told
 * @param confidence 0 to 1, of the digits
 * @param page from 1
 * @param box left, top, width and height of the row as fractions of the page; empty where it has no place
 * @param failed the gates that it did not pass
 */
public record LabValue(
        String name,
        String printed,
        String value,
        @Nullable String unit,
        @Nullable String range,
        @Nullable Boolean isAbnormal,
        double confidence,
        int page,
        List<Double> box,
        Set<Gate> failed) {}
