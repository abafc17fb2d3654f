package org.holovitals.mappings;

import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/** A reference range as one text: its own words, else {@code 3.5..5.1 mmol/L}, where a side may be open. */
final class ReferenceRanges {
    private static final Pattern NUMBERS =
            Pattern.compile("(-?\\d{1,18}(?:\\.\\d{1,18})?)?\\.\\.(-?\\d{1,18}(?:\\.\\d{1,18})?)?(?: (\\S.*))?");

    private ReferenceRanges() {}

    static @Nullable String text(ObservationReferenceRangeComponent range) {
        String low = Texts.value(range.getLow().getValueElement());
        String high = Texts.value(range.getHigh().getValueElement());
        if (low == null && high == null) {
            return null;
        }
        String unit = Texts.or(unit(range.getLow()), unit(range.getHigh()));
        return Texts.or(low, "") + ".." + Texts.or(high, "") + (unit == null ? "" : " " + unit);
    }

    private static @Nullable String unit(Quantity quantity) {
        return Texts.or(Texts.value(quantity.getUnitElement()), Texts.value(quantity.getCodeElement()));
    }

    static ObservationReferenceRangeComponent range(String text) {
        var range = new ObservationReferenceRangeComponent();
        var numbers = NUMBERS.matcher(text);
        if (!numbers.matches() || (numbers.group(1) == null && numbers.group(2) == null)) {
            return range.setText(text);
        }
        return range.setLow(side(numbers.group(1), numbers.group(3))).setHigh(side(numbers.group(2), numbers.group(3)));
    }

    private static @Nullable Quantity side(@Nullable String digits, @Nullable String unit) {
        if (digits == null) {
            return null;
        }
        var quantity = new Quantity();
        quantity.setValueElement(new DecimalType(digits));
        return quantity.setUnit(unit);
    }
}
