package org.holovitals.mappings;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumService;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Converts UCUM units; the library's answers are remembered, for it takes half a millisecond each time. */
final class Ucum {
    private static final int DECIMALS = 4;
    /** Units come from outside: what is remembered of them stays bounded. */
    private static final int MOST_FACTORS = 2000;
    /** The library rounds to the digits it is given. */
    private static final String ONE = "1.00000000000000000000";

    private static final Map<String, Optional<BigDecimal>> FACTORS = new ConcurrentHashMap<>();

    private Ucum() {}

    /** The library's table of units, read when the first unit has to be converted. */
    private static final class Table {
        static final UcumService UNITS = load();

        private static UcumService load() {
            try (InputStream essence = UcumService.class.getResourceAsStream("/ucum-essence.xml")) {
                return new UcumEssenceService(essence);
            } catch (IOException | UcumException e) {
                throw new IllegalStateException("The table of UCUM units cannot be read", e);
            }
        }
    }

    /** The quantity in that unit; null for a bound, and for a unit that is unknown or of another kind. */
    static @Nullable BigDecimal in(String unit, @Nullable Quantity quantity) {
        var amount = quantity == null ? null : Amount.of(quantity);
        return amount == null ? null : in(unit, amount);
    }

    static @Nullable BigDecimal in(String unit, Amount amount) {
        var value = amount.value();
        var from = amount.unitCode();
        if (value == null || from == null) {
            return null;
        }
        if (from.equals(unit)) {
            return value;
        }
        return unit.equals("Cel") ? celsius(value, from) : scaled(value, from, unit);
    }

    /** The library refuses scales that do not start at absolute zero. */
    private static @Nullable BigDecimal celsius(BigDecimal value, String from) {
        return switch (from) {
            case "[degF]" ->
                rounded(value.subtract(BigDecimal.valueOf(32))
                        .multiply(BigDecimal.valueOf(5))
                        .divide(BigDecimal.valueOf(9), DECIMALS, RoundingMode.HALF_EVEN));
            case "K" -> rounded(value.subtract(new BigDecimal("273.15")));
            default -> null;
        };
    }

    private static @Nullable BigDecimal scaled(BigDecimal value, String from, String unit) {
        return factor(from, unit).map(factor -> rounded(value.multiply(factor))).orElse(null);
    }

    private static Optional<BigDecimal> factor(String from, String unit) {
        String key = from + " " + unit;
        var known = FACTORS.get(key);
        if (known != null) {
            return known;
        }
        var factor = ask(from, unit);
        if (FACTORS.size() < MOST_FACTORS) {
            FACTORS.put(key, factor);
        }
        return factor;
    }

    private static Optional<BigDecimal> ask(String from, String unit) {
        try {
            return Optional.of(new BigDecimal(
                    Table.UNITS.convert(new Decimal(ONE), from, unit).asDecimal()));
        } catch (UcumException | RuntimeException noSuchUnit) {
            return Optional.empty();
        }
    }

    private static BigDecimal rounded(BigDecimal value) {
        var rounded = value.setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
