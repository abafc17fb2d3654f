package org.holovitals.server.cda;

import java.math.BigDecimal;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Ratio;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** What an observation found. */
final class Values {
    private static final int LONGEST_INTEGER = 9;

    private final Section section;

    Values(Section section) {
        this.section = section;
    }

    /** Sets the value, or why there is none. */
    void set(Observation observation, Optional<Node> node) {
        Type value = node.map(this::value).orElse(null);
        if (value != null) {
            observation.setValue(value);
        } else if (node.isPresent()) {
            observation.setDataAbsentReason(Types.absent(node.get().attribute("nullFlavor")));
            if (node.get().attribute("nullFlavor") == null) {
                section.loss("a value of the type " + plain(node.get().type()) + " is left out");
            }
        }
    }

    /** Only what can be a type's name is said. */
    private static String plain(String type) {
        return type.matches("[A-Z_]{1,12}") ? type : "that is not named";
    }

    private @Nullable Type value(Node node) {
        return switch (node.type()) {
            case "PQ" -> quantity(node);
            case "REAL" -> Types.quantity(node);
            case "INT" -> integer(node.attribute("value"));
            case "CD", "CE", "CO", "CV" -> section.types().concept(Optional.of(node));
            case "IVL_PQ", "IVL_REAL", "IVL_INT" -> interval(node);
            case "RTO", "RTO_PQ_PQ" -> ratio(node);
            case "BL" -> node.attribute("value") == null ? null : new BooleanType(node.isTrue("value"));
            case "TS" -> section.types().time(node.attribute("value"));
            case "IVL_TS" -> section.types().moment(Optional.of(node));
            case "ST", "ED", "" -> text(node);
            default -> null;
        };
    }

    /** Some systems write the number of another unit, or words, where the value has none. */
    private @Nullable Type quantity(Node node) {
        Quantity quantity = Types.quantity(node);
        if (quantity != null) {
            return quantity;
        }
        String text = section.types().narrative().of(node.first("originalText"));
        return text == null ? null : new StringType(text);
    }

    private static @Nullable Type integer(@Nullable String text) {
        BigDecimal number = Types.number(text);
        if (number == null) {
            return null;
        }
        boolean isShort = number.precision() - number.scale() <= LONGEST_INTEGER
                && number.stripTrailingZeros().scale() <= 0;
        return isShort ? new IntegerType(number.intValueExact()) : new Quantity().setValue(number);
    }

    private @Nullable Type text(Node node) {
        String text = section.types().narrative().of(Optional.of(node));
        return text == null ? null : new StringType(text);
    }

    /** With one end only it is a value that is less or more than something. */
    private static @Nullable Type interval(Node node) {
        Quantity low = node.first("low").map(Types::quantity).orElse(null);
        Quantity high = node.first("high").map(Types::quantity).orElse(null);
        if (low != null && high != null) {
            return new Range().setLow(low).setHigh(high);
        } else if (low != null) {
            return low.setComparator(
                    isOpen(node.first("low")) ? QuantityComparator.GREATER_THAN : QuantityComparator.GREATER_OR_EQUAL);
        } else if (high != null) {
            return high.setComparator(
                    isOpen(node.first("high")) ? QuantityComparator.LESS_THAN : QuantityComparator.LESS_OR_EQUAL);
        }
        return node.first("center").map(Types::quantity).orElse(null);
    }

    private static boolean isOpen(Optional<Node> end) {
        return end.filter(node -> node.has("inclusive", "false")).isPresent();
    }

    /** An RTO; null when a part of it has no number. */
    static @Nullable Ratio ratio(Node node) {
        Quantity numerator = node.first("numerator").map(Types::quantity).orElse(null);
        Quantity denominator = node.first("denominator").map(Types::quantity).orElse(null);
        return numerator == null || denominator == null
                ? null
                : new Ratio().setNumerator(numerator).setDenominator(denominator);
    }

    /** The ranges within which values of healthy people are. */
    void ranges(Node node, Observation observation) {
        node.find("referenceRange/observationRange").forEach(range -> {
            ObservationReferenceRangeComponent made = new ObservationReferenceRangeComponent();
            range.first("value/low").map(Types::quantity).ifPresent(made::setLow);
            range.first("value/high").map(Types::quantity).ifPresent(made::setHigh);
            String text = section.types().narrative().of(range.first("text"));
            if (text != null) {
                made.setText(text);
            }
            CodeableConcept applies = section.types().concept(range.first("interpretationCode"));
            if (applies != null && !made.isEmpty()) {
                made.setType(applies);
            }
            if (!made.isEmpty()) {
                observation.addReferenceRange(made);
            }
        });
    }
}
