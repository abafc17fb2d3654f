package org.holovitals.server.apple;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;

/** Makes Observations of readings, and of what many of them come to (as FHIR's $stats has it: a component each). */
final class Resources {
    static final String PATIENT = named("patient");

    private static final String LOINC = "http://loinc.org";
    private static final String UCUM = "http://unitsofmeasure.org";
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static final String STATISTIC = "http://terminology.hl7.org/CodeSystem/observation-statistics";
    private static final List<String> PRESSURES = List.of(Measure.SYSTOLIC, Measure.DIASTOLIC);
    private static final List<String> PRESSURE_NAMES = List.of("Systolic blood pressure", "Diastolic blood pressure");

    private Resources() {}

    /** All that a cell becomes. */
    static List<HealthEntry> of(Measure measure, Condenser.Key key, Span span, Cell cell) {
        return cell.isCondensed()
                ? condensed(measure, key, span, cell)
                : cell.kept().stream().map(Resources::of).toList();
    }

    private static HealthEntry of(Reading reading) {
        Measure measure = reading.measure();
        Observation observation = observation(measure, reading.source(), reading.start(), reading.end());
        observation.setCode(concept(measure.title(), measure.codes()));
        if (measure == Measure.BLOOD_PRESSURE) {
            for (int i = 0; i < PRESSURES.size(); i++) {
                observation
                        .addComponent()
                        .setCode(concept(PRESSURE_NAMES.get(i), List.of(PRESSURES.get(i))))
                        .setValue(quantity(reading.values().get(i), reading.unit()));
            }
        } else {
            observation.setValue(quantity(reading.values().get(0), reading.unit()));
        }
        String name = String.join(
                "|",
                measure.name(),
                reading.source(),
                reading.unit(),
                String.valueOf(reading.start().second()),
                String.valueOf(reading.end().second()),
                reading.values().toString());
        return new HealthEntry(named(name), observation);
    }

    private static List<HealthEntry> condensed(Measure measure, Condenser.Key key, Span span, Cell cell) {
        List<HealthEntry> entries = new ArrayList<>();
        for (int part = 0; part < cell.statistics().size(); part++) {
            Observation observation = observation(measure, key.source(), cell.start(), cell.end());
            if (cell.statistics().size() == 1) {
                observation.setCode(concept(measure.title(), measure.codes()));
            } else {
                observation.setCode(concept(PRESSURE_NAMES.get(part), List.of(PRESSURES.get(part))));
            }
            say(observation, measure, key.unit(), span, cell.statistics().get(part));
            String name = String.join(
                    "|",
                    measure.name(),
                    key.source(),
                    key.unit(),
                    span.word(),
                    String.valueOf(key.from()),
                    String.valueOf(part));
            entries.add(new HealthEntry(named(name), observation));
        }
        return entries;
    }

    private static void say(Observation observation, Measure measure, String unit, Span span, Statistics statistics) {
        if (measure.isSum()) {
            observation.setMethod(new CodeableConcept().setText("Sum of the readings of a " + span.word()));
            observation.setValue(quantity(statistics.sum(), unit));
            return;
        }
        observation.setMethod(new CodeableConcept().setText("Statistics of the readings of a " + span.word()));
        statistic(observation, "average", "Average", quantity(statistics.mean(), unit));
        statistic(observation, "minimum", "Minimum", quantity(statistics.lowest(), unit));
        statistic(observation, "maximum", "Maximum", quantity(statistics.highest(), unit));
        statistic(observation, "count", "Count", quantity(BigDecimal.valueOf(statistics.count()), "1"));
    }

    private static void statistic(Observation observation, String code, String display, Quantity value) {
        CodeableConcept concept = new CodeableConcept().addCoding(new Coding(STATISTIC, code, display));
        observation.addComponent().setCode(concept).setValue(value);
    }

    private static Observation observation(Measure measure, String source, Moment start, Moment end) {
        Observation observation = new Observation().setStatus(ObservationStatus.FINAL);
        observation.setSubject(new Reference(PATIENT));
        observation.addCategory().addCoding().setSystem(CATEGORY).setCode(measure.category());
        observation.setEffective(effective(start, end));
        if (!source.isEmpty()) {
            observation.setDevice(new Reference().setDisplay(source));
        }
        return observation;
    }

    private static Type effective(Moment start, Moment end) {
        DateTimeType from = new DateTimeType(start.text());
        return start.second() == end.second()
                ? from
                : new Period().setStartElement(from).setEndElement(new DateTimeType(end.text()));
    }

    private static CodeableConcept concept(String title, List<String> codes) {
        CodeableConcept concept = new CodeableConcept().setText(title);
        codes.forEach(code -> concept.addCoding().setSystem(LOINC).setCode(code));
        return concept;
    }

    private static Quantity quantity(BigDecimal value, String unit) {
        return new Quantity().setValue(value).setUnit(unit).setSystem(UCUM).setCode(unit);
    }

    private static String named(String name) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(("apple-health|" + name).getBytes(StandardCharsets.UTF_8));
    }
}
