package org.holovitals.server.costs;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.context.ModelPrice;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/costs/prices}: a price that counts from a day on; former ones stay, and with them what they explain. */
@RestController
@ConditionalOnWebApplication
final class PriceEndpoint {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);
    private static final int DIGITS = 8;
    private static final int LONGEST_SOURCE = 500;

    private final ModelPrices prices;
    private final Clock clock;

    PriceEndpoint(ModelPrices prices, Clock clock) {
        this.prices = prices;
        this.clock = clock;
    }

    /**
     * A price for a million tokens.
     *
     * @param validFrom from when on it counts; now when it is not given
     * @param source where it was read
     */
    record NewPrice(
            @Nullable String provider,
            @Nullable String model,
            @Nullable Instant validFrom,
            @Nullable Long contextWindow,
            @Nullable Long outputLimit,
            @Nullable BigDecimal input,
            @Nullable BigDecimal cachedInput,
            @Nullable BigDecimal output,
            @Nullable String currency,
            @Nullable String source) {}

    /** Its row. */
    record Added(UUID id) {}

    @PostMapping("/api/costs/prices")
    @CalledBy(Kind.ADMIN)
    @ResponseStatus(HttpStatus.CREATED)
    Added add(@RequestBody NewPrice price, Caller caller) {
        caller.call().record().action("add-price");
        caller.call().record().resource("model_prices", null);
        Instant from = price.validFrom() == null ? clock.instant() : price.validFrom();
        UUID id = prices.add(price(price), from, source(price.source()))
                .orElseThrow(() -> new Problem(
                        ProblemType.CONFLICT, "The model has a price from that moment on; prices are not changed"));
        caller.call().record().resource("model_prices", id.toString());
        return new Added(id);
    }

    private static ModelPrice price(NewPrice price) {
        long window = positive("contextWindow", price.contextWindow());
        long output = positive("outputLimit", price.outputLimit());
        if (output > window) {
            throw wrong("outputLimit has to be at most contextWindow");
        }
        return new ModelPrice(
                matching("provider", price.provider(), NAME),
                matching("model", price.model(), NAME),
                window,
                output,
                amount("input", price.input()),
                price.cachedInput() == null ? null : amount("cachedInput", price.cachedInput()),
                amount("output", price.output()),
                price.currency() == null ? "USD" : matching("currency", price.currency(), CURRENCY));
    }

    private static String matching(String field, @Nullable String value, Pattern pattern) {
        if (value == null || !pattern.matcher(value).matches()) {
            throw wrong(field + " has to match " + pattern);
        }
        return value;
    }

    private static long positive(String field, @Nullable Long value) {
        if (value == null || value < 1) {
            throw wrong(field + " has to be a number from 1 on");
        }
        return value;
    }

    private static BigDecimal amount(String field, @Nullable BigDecimal value) {
        if (value == null || value.signum() < 0 || value.compareTo(MOST) > 0 || value.scale() > DIGITS) {
            throw wrong(field + " has to be a number from 0 on with at most " + DIGITS + " decimal places");
        }
        return value;
    }

    private static String source(@Nullable String value) {
        if (value == null || value.isBlank() || value.length() > LONGEST_SOURCE) {
            throw wrong("source has to say where the price was read");
        }
        return value.strip();
    }

    private static Problem wrong(String detail) {
        return new Problem(ProblemType.INVALID_REQUEST, detail);
    }
}
