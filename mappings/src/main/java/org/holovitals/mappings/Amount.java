package org.holovitals.mappings;

import java.math.BigDecimal;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * A measured quantity.
 *
 * @param text the digits as FHIR wrote them, so that 7.0 stays 7.0; a bound keeps its comparator ({@code <5})
 * @param unit the unit's name for people
 * @param unitCode the unit's UCUM code; codes of other systems are not kept
 */
public record Amount(
        @Nullable String text,
        @Nullable String unit,
        @Nullable String unitCode) {

    /** The number, or null where there is none: a bound such as {@code <5} is not the number 5. */
    public @Nullable BigDecimal value() {
        return Numbers.number(text);
    }

    static @Nullable Amount of(Quantity quantity) {
        String digits = Texts.value(quantity.getValueElement());
        String unit = Texts.value(quantity.getUnitElement());
        String code = Systems.UCUM.equals(quantity.getSystem()) ? Texts.value(quantity.getCodeElement()) : null;
        if (digits == null && unit == null && code == null) {
            return null;
        }
        String comparator = Texts.value(quantity.getComparatorElement());
        return new Amount(digits == null || comparator == null ? digits : comparator + digits, unit, code);
    }

    Quantity quantity() {
        var quantity = Numbers.quantity(text);
        quantity.setUnit(unit);
        if (unitCode != null) {
            quantity.setSystem(Systems.UCUM).setCode(unitCode);
        }
        return quantity;
    }
}
