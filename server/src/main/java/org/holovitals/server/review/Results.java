package org.holovitals.server.review;

import java.math.BigDecimal;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.SimpleQuantity;
import org.holovitals.server.labs.Measurement;
import org.holovitals.server.labs.Measurement.Side;
import org.jspecify.annotations.Nullable;

/** Observations of values that were found; nothing stands in them that neither the page nor a person says. */
final class Results {
    private static final String CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static final String INTERPRETATIONS = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
    private static final String LOINC = "http://loinc.org";
    private static final String UCUM = "http://unitsofmeasure.org";

    private Results() {}

    /** What somebody is about to write, as far as it decides whether he may. */
    static Observation draft(String patient, ObservationStatus status) {
        Observation draft = new Observation().setStatus(status).setSubject(new Reference("Patient/" + patient));
        draft.addCategory().addCoding(new Coding(CATEGORIES, "laboratory", "Laboratory"));
        return draft;
    }

    /** The Observation of a value. */
    static Observation of(String patient, UUID candidate, Measurement measurement, Ruling ruling, Witness witness) {
        Observation observation = draft(patient, witness.status());
        observation.getMeta().setSource("urn:uuid:" + candidate);
        observation.setCode(
                new CodeableConcept(new Coding(LOINC, measurement.code(), null)).setText(measurement.name()));
        observation.setEffective(new DateTimeType(String.valueOf(ruling.date())));
        observation.addPerformer(witness.reference());
        Quantity value = new Quantity();
        fill(value, measurement.number(), measurement);
        value.setComparator(comparator(measurement.bound()));
        observation.setValue(value);
        if (measurement.side() != Side.UNKNOWN) {
            observation.addInterpretation().addCoding(interpretation(measurement.side()));
        }
        if (ruling.referenceRange() != null) {
            observation.addReferenceRange(range(measurement, ruling.referenceRange()));
        }
        return observation;
    }

    private static ObservationReferenceRangeComponent range(Measurement measurement, String printed) {
        ObservationReferenceRangeComponent range = new ObservationReferenceRangeComponent().setText(printed);
        range.setLow(quantity(measurement.low(), measurement));
        range.setHigh(quantity(measurement.high(), measurement));
        return range;
    }

    private static @Nullable Quantity quantity(@Nullable BigDecimal number, Measurement measurement) {
        if (number == null) {
            return null;
        }
        SimpleQuantity quantity = new SimpleQuantity();
        fill(quantity, number, measurement);
        return quantity;
    }

    private static void fill(Quantity quantity, BigDecimal number, Measurement measurement) {
        quantity.setValue(number).setSystem(UCUM).setCode(measurement.ucum());
        if (!measurement.unit().isEmpty()) {
            quantity.setUnit(measurement.unit());
        }
    }

    private static @Nullable QuantityComparator comparator(String bound) {
        return switch (bound) {
            case "<" -> QuantityComparator.LESS_THAN;
            case "≤" -> QuantityComparator.LESS_OR_EQUAL;
            case ">" -> QuantityComparator.GREATER_THAN;
            case "≥" -> QuantityComparator.GREATER_OR_EQUAL;
            default -> null;
        };
    }

    private static Coding interpretation(Side side) {
        return switch (side) {
            case LOW -> new Coding(INTERPRETATIONS, "L", "Low");
            case HIGH -> new Coding(INTERPRETATIONS, "H", "High");
            case NORMAL, UNKNOWN -> new Coding(INTERPRETATIONS, "N", "Normal");
        };
    }
}
