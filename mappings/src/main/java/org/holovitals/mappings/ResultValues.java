package org.holovitals.mappings;

import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Ratio;
import org.hl7.fhir.r4.model.SampledData;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** {@link ResultValue} ⇄ value[x] of an Observation. */
final class ResultValues {
    private static final List<String> PREFERRED = List.of(Systems.SNOMED, Systems.LOINC);
    private static final String TO = "..";
    private static final String OVER = ":";

    private ResultValues() {}

    static @Nullable ResultValue value(@Nullable Type element) {
        if (element instanceof Quantity quantity) {
            var amount = Amount.of(quantity);
            return amount == null ? null : ResultValue.amount(ValueType.QUANTITY, amount.text(), amount);
        } else if (element instanceof CodeableConcept concept) {
            return coded(concept);
        } else if (element instanceof PrimitiveType<?> primitive) {
            return primitive(primitive);
        } else if (element instanceof Range range) {
            return pair(ValueType.RANGE, range.getLow(), range.getHigh(), TO);
        } else if (element instanceof Ratio ratio) {
            return pair(ValueType.RATIO, ratio.getNumerator(), ratio.getDenominator(), OVER);
        } else if (element instanceof SampledData samples) {
            return samples(samples);
        }
        var period = element instanceof Period ? Dates.date(element) : null;
        return period == null ? null : ResultValue.text(ValueType.PERIOD, period.text());
    }

    private static @Nullable ResultValue coded(CodeableConcept concept) {
        var code = Concepts.code(concept, PREFERRED);
        String name = Concepts.name(concept, code);
        return code == null && name == null
                ? null
                : new ResultValue(ValueType.CODEABLE_CONCEPT, name, null, null, code);
    }

    private static @Nullable ResultValue primitive(PrimitiveType<?> primitive) {
        String text = Texts.value(primitive);
        if (text == null) {
            return null;
        }
        return switch (primitive.fhirType()) {
            case "string" -> ResultValue.text(ValueType.STRING, text);
            case "boolean" -> ResultValue.text(ValueType.BOOLEAN, text);
            case "integer" -> ResultValue.text(ValueType.INTEGER, text);
            case "time" -> ResultValue.text(ValueType.TIME, text);
            case "dateTime" -> ResultValue.text(ValueType.DATE_TIME, text);
            default -> null;
        };
    }

    private static @Nullable ResultValue pair(ValueType type, Quantity first, Quantity second, String between) {
        var from = Amount.of(first);
        var to = Amount.of(second);
        String left = from == null ? null : from.text();
        String right = to == null ? null : to.text();
        if (left == null && right == null) {
            return null;
        }
        return ResultValue.amount(
                type,
                Texts.or(left, "") + between + Texts.or(right, ""),
                Objects.requireNonNull(from != null ? from : to));
    }

    private static @Nullable ResultValue samples(SampledData samples) {
        var origin = Amount.of(samples.getOrigin());
        String data = Texts.value(samples.getDataElement());
        if (data == null) {
            return null;
        }
        return ResultValue.amount(ValueType.SAMPLED_DATA, data, origin == null ? new Amount(null, null, null) : origin);
    }

    static @Nullable Type element(@Nullable ResultValue value) {
        if (value == null) {
            return null;
        }
        String text = Objects.requireNonNullElse(value.text(), "");
        return switch (value.type()) {
            case QUANTITY -> value.amount(value.text()).quantity();
            case CODEABLE_CONCEPT -> Concepts.concept(value.code(), value.text());
            case STRING -> new StringType(text);
            case BOOLEAN -> new BooleanType(text);
            case INTEGER -> new IntegerType(text);
            case TIME -> new TimeType(text);
            case DATE_TIME -> new DateTimeType(text);
            case PERIOD -> Dates.element(PartialDate.parse(text));
            case SAMPLED_DATA -> samples(value, text);
            case RANGE -> new Range().setLow(side(value, text, TO, 0)).setHigh(side(value, text, TO, 1));
            case RATIO -> ratio(value, text);
        };
    }

    /** Of a ratio, the row keeps the numerator's unit only. */
    private static Ratio ratio(ResultValue value, String text) {
        var denominator = side(ResultValue.text(ValueType.RATIO, text), text, OVER, 1);
        return new Ratio().setNumerator(side(value, text, OVER, 0)).setDenominator(denominator);
    }

    private static @Nullable Quantity side(ResultValue value, String text, String between, int index) {
        int at = text.indexOf(between);
        String digits = at < 0 ? text : index == 0 ? text.substring(0, at) : text.substring(at + between.length());
        return digits.isEmpty() ? null : value.amount(digits).quantity();
    }

    private static SampledData samples(ResultValue value, String text) {
        var samples = new SampledData().setData(text);
        if (value.unit() != null || value.unitCode() != null) {
            samples.setOrigin(value.amount(null).quantity());
        }
        return samples;
    }
}
