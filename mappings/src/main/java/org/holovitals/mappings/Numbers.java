package org.holovitals.mappings;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.jspecify.annotations.Nullable;

/** Numbers as FHIR writes them and as a numeric column can hold them. */
final class Numbers {
    private static final Pattern BOUND = Pattern.compile("(<=|>=|<|>)(.+)");
    /** PostgreSQL's numeric ends at 131072 digits before the point and 16383 after it. */
    private static final int MOST_DIGITS = 1000;

    private Numbers() {}

    /** The number that the text states; null for a bound, for no number, and for one that no column can hold. */
    static @Nullable BigDecimal number(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            var number = new BigDecimal(text);
            boolean holds = Math.abs((long) number.scale()) <= MOST_DIGITS && number.precision() <= MOST_DIGITS;
            return holds ? number : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    static Quantity quantity(@Nullable String text) {
        var quantity = new Quantity();
        if (text == null) {
            return quantity;
        }
        var bound = BOUND.matcher(text);
        if (!bound.matches()) {
            quantity.setValueElement(new DecimalType(text));
            return quantity;
        }
        quantity.setComparator(QuantityComparator.fromCode(bound.group(1)));
        quantity.setValueElement(new DecimalType(bound.group(2)));
        return quantity;
    }

    static @Nullable DecimalType decimal(@Nullable BigDecimal number) {
        return number == null ? null : new DecimalType(number.toPlainString());
    }
}
