package org.holovitals.mappings;

import java.math.BigDecimal;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Ratio;
import org.hl7.fhir.r4.model.SampledData;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Observation.value[x] as the columns of {@code patient_results}: a range is "3..5", a ratio "1:128". */
record ResultValue(
        @Nullable BigDecimal number,
        @Nullable String text,
        @Nullable String type,
        @Nullable String unit,
        @Nullable String ucum,
        @Nullable Code code) {

    private static final ResultValue NONE = new ResultValue(null, null, null, null, null, null);

    static ResultValue from(@Nullable Type value) {
        if (value instanceof Quantity quantity) {
            return quantity(quantity);
        }
        if (value instanceof CodeableConcept concept) {
            Concept found = Concept.from(concept, Concept.SNOMED, Concept.LOINC);
            return new ResultValue(null, found.text(), "codeable_concept", null, null, found.code());
        }
        if (value instanceof Range range) {
            return range(range);
        }
        if (value instanceof Ratio ratio) {
            return text("ratio", join(ratio.getNumerator(), ":", ratio.getDenominator()));
        }
        if (value instanceof SampledData sampled) {
            return text("sampled_data", sampled.getData());
        }
        if (value instanceof Period period) {
            PartialDate date = Dates.from(period);
            return text("period", date == null ? null : date.text());
        }
        return value == null ? NONE : text(primitive(value), value.primitiveValue());
    }

    private static @Nullable String primitive(Type value) {
        return switch (value.fhirType()) {
            case "string", "boolean", "integer", "time" -> value.fhirType();
            case "dateTime" -> "date_time";
            default -> null;
        };
    }

    private static ResultValue text(@Nullable String type, @Nullable String text) {
        return type == null || Texts.of(text) == null ? NONE : new ResultValue(null, text, type, null, null, null);
    }

    private static ResultValue quantity(Quantity quantity) {
        return new ResultValue(
                Amounts.number(quantity),
                Amounts.text(quantity),
                "quantity",
                Amounts.unit(quantity),
                Amounts.ucum(quantity),
                null);
    }

    private static ResultValue range(Range range) {
        Quantity side = range.hasLow() ? range.getLow() : range.getHigh();
        @Nullable String text = join(range.getLow(), "..", range.getHigh());
        return text == null ? NONE : new ResultValue(null, text, "range", Amounts.unit(side), Amounts.ucum(side), null);
    }

    private static @Nullable String join(Quantity first, String by, Quantity second) {
        @Nullable String left = Amounts.text(first);
        @Nullable String right = Amounts.text(second);
        return left == null && right == null ? null : (left == null ? "" : left) + by + (right == null ? "" : right);
    }

    @Nullable
    Type toType() {
        if (type == null) {
            return null;
        }
        return switch (type) {
            case "quantity" -> Amounts.quantity(text, unit, ucum);
            case "codeable_concept" -> new Concept(text, code).toConcept();
            case "range" -> new Range().setLow(side("..", 0)).setHigh(side("..", 1));
            case "ratio" -> new Ratio().setNumerator(side(":", 0)).setDenominator(side(":", 1));
            case "sampled_data" -> new SampledData().setData(text);
            case "period" -> text == null ? null : Dates.to(PartialDate.parse(text));
            case "boolean" -> new BooleanType(text);
            case "integer" -> new IntegerType(text);
            case "time" -> new TimeType(text);
            case "date_time" -> new DateTimeType(text);
            default -> new StringType(text);
        };
    }

    private @Nullable Quantity side(String by, int index) {
        String both = text == null ? by : text;
        int middle = both.indexOf(by);
        String side = index == 0 ? both.substring(0, middle) : both.substring(middle + by.length());
        return side.isEmpty() ? null : Amounts.quantity(side, unit, ucum);
    }
}
