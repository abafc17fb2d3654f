package org.holovitals.server.apple;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code export.xml} of Apple Health, gigabytes of it in bounded memory: the person, and readings of what {@link Measure}
 * names. Each export holds all of the years, so the addresses of resources are the same from one to the next.
 */
public final class HealthExport {
    private static final String ROOT = "HealthData";
    private static final String BORN = "HKCharacteristicTypeIdentifierDateOfBirth";
    private static final String SEX = "HKCharacteristicTypeIdentifierBiologicalSex";
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,12}(?:\\.\\d{1,20})?(?:[eE][+-]?\\d{1,2})?");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int LONGEST_SOURCE = 200;
    private static final Map<String, AdministrativeGender> SEXES = Map.of(
            "HKBiologicalSexFemale", AdministrativeGender.FEMALE,
            "HKBiologicalSexMale", AdministrativeGender.MALE,
            "HKBiologicalSexOther", AdministrativeGender.OTHER);

    private final XMLStreamReader xml;
    private final boolean isAlone;
    private final Condenser readings;
    private final LeftOut leftOut = new LeftOut();
    private final Patient patient = new Patient();
    private long pairs;
    private long pressures;

    private HealthExport(XMLStreamReader xml, int most, boolean isAlone) {
        this.xml = xml;
        this.isAlone = isAlone;
        this.readings = new Condenser(most);
    }

    /**
     * Reads all of it, and hands on the patient and then the readings.
     *
     * @param xml before the root, of a reader that knows no entities
     * @param most resources that are made of readings
     * @param isAlone whether the records of clinics, which are files beside it, are not there
     * @return what of the export is not there, or not reading by reading
     */
    public static List<String> read(XMLStreamReader xml, int most, boolean isAlone, Consumer<HealthEntry> entries)
            throws XMLStreamException, UnreadableExport {
        HealthExport export = new HealthExport(xml, most, isAlone);
        export.read();
        entries.accept(new HealthEntry(Resources.PATIENT, export.patient));
        export.readings.each((measure, key, span, cell) ->
                Resources.of(measure, key, span, cell).forEach(entries));
        List<String> report = new ArrayList<>(export.readings.report());
        report.addAll(export.leftOut.report());
        return report;
    }

    private void read() throws XMLStreamException, UnreadableExport {
        int depth = 0;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                if (depth == 1 && !xml.getLocalName().equals(ROOT)) {
                    throw UnreadableExport.ofAnotherKind();
                } else if (depth == 2 && isPressures()) {
                    pressures();
                    depth--;
                } else if (depth == 2) {
                    entry();
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
        // Each pressure of a pair stands alone in the export as well.
        if (pressures > 2 * pairs) {
            leftOut.say("Blood pressures without the other one of the pair", pressures - 2 * pairs);
        }
    }

    private boolean isPressures() {
        return xml.getLocalName().equals("Correlation") && Measure.PRESSURES_TYPE.equals(attribute("type"));
    }

    private void entry() throws UnreadableExport {
        String name = xml.getLocalName();
        switch (name) {
            case "Me" -> me();
            case "Record" -> record(attribute("type"));
            case "ExportDate" -> {}
            case "ClinicalRecord" -> {
                if (isAlone) {
                    leftOut.add(name);
                }
            }
            case "Correlation" -> leftOut.add(attribute("type"));
            default -> leftOut.add(name);
        }
    }

    private void me() {
        String born = attribute(BORN);
        if (isDay(born)) {
            patient.setBirthDateElement(new DateType(born));
        }
        patient.setGender(SEXES.get(attribute(SEX)));
    }

    private static boolean isDay(String text) {
        try {
            return DAY.matcher(text).matches() && LocalDate.parse(text).getYear() > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private void record(String type) throws UnreadableExport {
        if (type.equals(Measure.SYSTOLIC_TYPE) || type.equals(Measure.DIASTOLIC_TYPE)) {
            pressures++;
        } else if (!Measure.isTaken(type)) {
            leftOut.add(type);
        } else {
            String unit = attribute("unit");
            Measure measure = Measure.of(type, unit);
            BigDecimal value = measure == null ? null : value(measure);
            if (measure == null || value == null) {
                leftOut.say(type + " without a value in a known unit", 1);
            } else {
                add(measure, unit, List.of(value), type);
            }
        }
    }

    private void add(Measure measure, String unit, List<BigDecimal> values, String type) throws UnreadableExport {
        Moment start = Moment.of(attribute("startDate"));
        Moment end = Optional.ofNullable(Moment.of(attribute("endDate"))).orElse(start);
        if (start == null || end == null || end.compareTo(start) < 0) {
            leftOut.say(type + " without a time", 1);
            return;
        }
        String ucum = String.valueOf(measure.unit(unit));
        readings.add(new Reading(measure, source(), ucum, start, end, values));
    }

    private String source() {
        String source = attribute("sourceName").replace('\u00a0', ' ').trim();
        return source.length() <= LONGEST_SOURCE ? source : source.substring(0, LONGEST_SOURCE);
    }

    /** The number of the element; a share is written as a fraction of one, whatever its unit says. */
    private @Nullable BigDecimal value(Measure measure) {
        String text = attribute("value");
        if (!NUMBER.matcher(text).matches()) {
            return null;
        }
        BigDecimal value = new BigDecimal(text);
        if (!measure.isShare()) {
            return value;
        }
        boolean isFraction = value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0;
        return isFraction ? plain(value.multiply(HUNDRED)) : null;
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** Reads a correlation to its end; its own times are those of the measurement. */
    private void pressures() throws XMLStreamException, UnreadableExport {
        Moment start = Moment.of(attribute("startDate"));
        Moment end = Moment.of(attribute("endDate"));
        String source = source();
        Pair pair = new Pair();
        for (int depth = 1; depth > 0; ) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                if (xml.getLocalName().equals("Record")) {
                    pair.take(attribute("type"), attribute("unit"), value(Measure.BLOOD_PRESSURE));
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
        Optional<Reading> reading = start == null ? Optional.empty() : pair.reading(source, start, end);
        if (reading.isPresent()) {
            pairs++;
            readings.add(reading.get());
        } else {
            leftOut.say("Blood pressures without both values or a time", 1);
        }
    }

    /** An attribute; empty where there is none. */
    private String attribute(String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }
}
