package org.holovitals.server.apple;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What many values come to. */
final class Statistics {
    private static final int DIGITS = 2;

    private BigDecimal sum;
    private BigDecimal lowest;
    private BigDecimal highest;
    private long count = 1;

    Statistics(BigDecimal first) {
        this.sum = first;
        this.lowest = first;
        this.highest = first;
    }

    Statistics copy() {
        Statistics copy = new Statistics(sum);
        copy.lowest = lowest;
        copy.highest = highest;
        copy.count = count;
        return copy;
    }

    void add(BigDecimal value) {
        sum = sum.add(value);
        lowest = lowest.min(value);
        highest = highest.max(value);
        count++;
    }

    void add(Statistics other) {
        sum = sum.add(other.sum);
        lowest = lowest.min(other.lowest);
        highest = highest.max(other.highest);
        count += other.count;
    }

    BigDecimal sum() {
        return sum;
    }

    BigDecimal lowest() {
        return lowest;
    }

    BigDecimal highest() {
        return highest;
    }

    long count() {
        return count;
    }

    /** To two decimals. */
    BigDecimal mean() {
        BigDecimal mean = sum.divide(BigDecimal.valueOf(count), DIGITS, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return mean.scale() < 0 ? mean.setScale(0) : mean;
    }
}
