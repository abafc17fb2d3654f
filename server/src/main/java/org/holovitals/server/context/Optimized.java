package org.holovitals.server.context;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * A context before and after it was shortened.
 *
 * @param original as it would have been without any care
 * @param text what is given to a model; {@code [3]} behind something cites the third of the sources
 * @param sources where what is cited stands; several places where they say the same
 * @param tokensBefore of the original
 * @param tokensAfter of the text
 * @param duplicates how many passages said what another says
 * @param boilerplate how many passages said nothing of the patient
 */
public record Optimized(
        String original,
        String text,
        List<List<String>> sources,
        long tokensBefore,
        long tokensAfter,
        int duplicates,
        int boilerplate) {
    private static final int PERCENT_SCALE = 4;

    /** Tokens less; below zero where a short text has only gained its citations. */
    public long reduction() {
        return tokensBefore - tokensAfter;
    }

    /** The reduction in percent of the original, to four decimals. */
    public BigDecimal reductionPercent() {
        return tokensBefore == 0
                ? BigDecimal.ZERO.setScale(PERCENT_SCALE)
                : BigDecimal.valueOf(reduction() * 100)
                        .divide(BigDecimal.valueOf(tokensBefore), PERCENT_SCALE, RoundingMode.HALF_UP);
    }
}
