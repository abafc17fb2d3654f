package org.holovitals.server.labs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands where in a row of a report.
 *
 * @param name as printed
 * @param unit null where none that is known stands there
 * @param range null where none stands there
 * @param isAlone whether no other digits stand there
 * @param confidence 0 to 1, of the digits of value and range; 0 where something was recognised at them that may be one
 * @param box left, top, width and height as fractions of the page; empty where it has no place
 */
record ReportRow(
        Analyte analyte,
        String name,
        Digits value,
        @Nullable String unit,
        Mark mark,
        @Nullable PrintedRange range,
        boolean isAlone,
        double confidence,
        List<Double> box) {}
