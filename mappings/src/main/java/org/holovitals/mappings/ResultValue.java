package org.holovitals.mappings;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The value of an Observation, which FHIR allows in eleven types.
 *
 * @param text digits or words as FHIR wrote them; {@code low..high} for a range, {@code numerator:denominator} for a ratio
 * @param unit the unit's name; of the low side for a range, of the numerator for a ratio
 * @param unitCode the unit's UCUM code
 * @param code of a coded value
 */
public record ResultValue(
        ValueType type,
        @Nullable String text,
        @Nullable String unit,
        @Nullable String unitCode,
        @Nullable Code code) {

    public ResultValue {
        text = type == ValueType.CODEABLE_CONCEPT ? Texts.or(text, Code.displayOf(code)) : text;
    }

    static ResultValue text(ValueType type, String text) {
        return new ResultValue(type, text, null, null, null);
    }

    static ResultValue amount(ValueType type, @Nullable String text, Amount amount) {
        return new ResultValue(type, text, amount.unit(), amount.unitCode(), null);
    }

    Amount amount(@Nullable String digits) {
        return new Amount(digits, unit, unitCode);
    }

    /** The number of a quantity or an integer. */
    @Nullable
    BigDecimal number() {
        return type == ValueType.QUANTITY || type == ValueType.INTEGER ? Numbers.number(text) : null;
    }
}
