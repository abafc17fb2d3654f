package org.holovitals.server.labs;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.server.labs.Analyte.Scale;
import org.jspecify.annotations.Nullable;

/**
 * A range of reference, open at one end or at none.
 *
 * @param low null where it is open
 * @param high null where it is open
 */
record Range(@Nullable BigDecimal low, @Nullable BigDecimal high, boolean hasPoints) {
    private static final String NUMBER = "(\\d{1,6}(?:\\.\\d{1,4})?)";
    private static final Pattern BOTH =
            Pattern.compile("[(\\[]?" + NUMBER + "\\s*(?:[-–—]|to)\\s*" + NUMBER + "[)\\]]?");
    private static final Pattern BELOW = Pattern.compile("[(\\[]?(?:<|<=|≤)\\s*" + NUMBER + "[)\\]]?");
    private static final Pattern ABOVE = Pattern.compile("[(\\[]?(?:>|>=|≥)\\s*" + NUMBER + "[)\\]]?");

    /** Empty for a text that is none. */
    static Optional<Range> of(String text) {
        Matcher both = BOTH.matcher(text);
        if (both.matches()) {
            boolean hasPoints = both.group(1).contains(".") && both.group(2).contains(".");
            return Optional.of(new Range(new BigDecimal(both.group(1)), new BigDecimal(both.group(2)), hasPoints));
        }
        Matcher below = BELOW.matcher(text);
        if (below.matches()) {
            return Optional.of(new Range(
                    null, new BigDecimal(below.group(1)), below.group(1).contains(".")));
        }
        Matcher above = ABOVE.matcher(text);
        return above.matches()
                ? Optional.of(new Range(
                        new BigDecimal(above.group(1)), null, above.group(1).contains(".")))
                : Optional.empty();
    }

    /** Whether the lower end is below the upper. */
    boolean isOrdered() {
        return low == null || high == null || low.compareTo(high) < 0;
    }

    /** Whether both ends have a point or none has: one that lost it makes 51 of 5.1. */
    boolean isEven() {
        return low == null || high == null || (low.scale() > 0) == (high.scale() > 0);
    }

    /** Whether an end has a point. */
    boolean hasPoint() {
        return (low != null && low.scale() > 0) || (high != null && high.scale() > 0);
    }

    /** Whether no end is beyond what somebody can have, nor all of it below. */
    boolean isWithin(Scale scale) {
        boolean isTooHigh =
                (low != null && low.compareTo(scale.high()) > 0) || (high != null && high.compareTo(scale.high()) > 0);
        return !isTooHigh && (high == null || high.compareTo(scale.low()) >= 0);
    }

    /** Below it -1, above it 1, else 0. */
    int side(BigDecimal value) {
        if (low != null && value.compareTo(low) < 0) {
            return -1;
        }
        return high != null && value.compareTo(high) > 0 ? 1 : 0;
    }
}
