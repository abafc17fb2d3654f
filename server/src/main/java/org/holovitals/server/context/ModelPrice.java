package org.holovitals.server.context;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a model can read and costs; prices are for a million tokens.
 *
 * @param contextWindow tokens that it can read and write in one call
 * @param outputLimit tokens that it writes at the most
 * @param cachedInputPrice of tokens that the provider had cached; null where it has no such price
 * @param currency ISO 4217
 */
public record ModelPrice(
        String provider,
        String model,
        long contextWindow,
        long outputLimit,
        BigDecimal inputPrice,
        @Nullable BigDecimal cachedInputPrice,
        BigDecimal outputPrice,
        String currency) {
    /** Decimals of an amount. */
    public static final int SCALE = 8;

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    /** Of a window that is used at the most. */
    public static final long THRESHOLD_PERCENT = 80;

    /** What a call costs, to eight decimals, half up. */
    public BigDecimal cost(long inputTokens, long outputTokens) {
        return inputPrice
                .multiply(BigDecimal.valueOf(inputTokens))
                .add(outputPrice.multiply(BigDecimal.valueOf(outputTokens)))
                .divide(MILLION, SCALE, RoundingMode.HALF_UP);
    }

    /** Tokens of the window that are used at the most: counts of tokens differ between models. */
    public long usable() {
        return contextWindow * THRESHOLD_PERCENT / 100;
    }

    /** Tokens of a text that can be read at once beside a question and an answer. */
    public long room(long questionTokens, long outputTokens) {
        return usable() - questionTokens - outputTokens;
    }
}
