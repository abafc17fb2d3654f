package org.holovitals.server.costs;

import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a use of a model comes to.
 *
 * @param cost null where the model has no price
 * @param priceId the row of the price; null where there is none
 */
public record Charge(
        @Nullable BigDecimal cost,
        String currency,
        @Nullable UUID priceId) {}
