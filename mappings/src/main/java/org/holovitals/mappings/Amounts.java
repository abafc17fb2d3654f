package org.holovitals.mappings;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Quantities: the digits as FHIR wrote them, with a comparator before them ("&lt;5"), unit and UCUM code beside. */
final class Amounts {

    static final String UCUM = "http://unitsofmeasure.org";
    private static final Pattern TEXT = Pattern.compile("(<=|<|>=|>)?(-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)");

    private Amounts() {}

    static @Nullable String text(Quantity quantity) {
        if (!quantity.hasValue()) {
            return null;
        }
        String comparator =
                quantity.getComparator() == null ? "" : quantity.getComparator().toCode();
        return comparator + quantity.getValueElement().getValueAsString();
    }

    /** The number; null where a comparator says that it is not the value. */
    static @Nullable BigDecimal number(Quantity quantity) {
        return quantity.getComparator() == null ? quantity.getValue() : null;
    }

    static @Nullable String unit(Quantity quantity) {
        return Texts.of(quantity.getUnit());
    }

    static @Nullable String ucum(Quantity quantity) {
        return UCUM.equals(quantity.getSystem()) ? Texts.of(quantity.getCode()) : null;
    }

    static @Nullable Quantity quantity(@Nullable String text, @Nullable String unit, @Nullable String ucum) {
        Quantity quantity = new Quantity().setUnit(unit);
        if (ucum != null) {
            quantity.setSystem(UCUM).setCode(ucum);
        }
        Matcher parts = TEXT.matcher(text == null ? "" : text);
        if (parts.matches()) {
            quantity.setValueElement(new DecimalType(parts.group(2)));
            if (parts.group(1) != null) {
                quantity.setComparator(Quantity.QuantityComparator.fromCode(parts.group(1)));
            }
        }
        return quantity.isEmpty() ? null : quantity;
    }
}
