package org.holovitals.server.apple;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;

/** Exports made after the public format. */
final class HealthExportTest {
    private static final int MOST = 1_000;

    private final List<HealthEntry> entries = new ArrayList<>();

    @Test
    void eachReadingThatHasAPlainCodeIsAnObservationAndManyOfADayAreWhatTheyComeTo() throws Exception {
        read(file(), MOST);
        assertThat(entries.stream().map(HealthExportTest::line).toList()).containsExactlyElementsOf(expected());
        assertThat(entries.stream().map(HealthEntry::fullUrl)).doesNotHaveDuplicates();
    }

    @Test
    void whatIsLeftOutOrPutTogetherIsCountedByType() throws Exception {
        assertThat(read(file(), MOST))
                .containsExactly(
                        "Heart rate: 11 readings are put together to 1, one for each day and device",
                        "Number of steps: 2 readings are put together to 1, one for each day and device",
                        "ActivitySummary: 1 left out",
                        "Blood pressures without the other one of the pair: 1 left out",
                        "ClinicalRecord: 1 left out",
                        "HKCategoryTypeIdentifierSleepAnalysis: 1 left out",
                        "HKQuantityTypeIdentifierActiveEnergyBurned: 1 left out",
                        "HKQuantityTypeIdentifierHeartRate without a time: 1 left out",
                        "HKQuantityTypeIdentifierHeartRate without a value in a known unit: 1 left out",
                        "HKQuantityTypeIdentifierOxygenSaturation without a value in a known unit: 1 left out",
                        "Workout: 1 left out");
    }

    /** Twenty pressures a day and a weight each, over three years. */
    @Test
    void whatIsStillTooMuchIsPutTogetherOverLongerSpansTheLargestFirst() throws Exception {
        List<String> report = read(export(years(3)), 200);
        assertThat(report)
                .containsExactly(
                        "Body weight: 324 readings are put together to 36, one for each month and device",
                        "Blood pressure: 6480 readings are put together to 36, one for each month and device");
        assertThat(entries).hasSize(1 + 2 * 36 + 36);
        Observation pressure = (Observation) entries.get(1 + 36).resource();
        assertThat(line(entries.get(1 + 36)))
                .contains("\"code\":\"8480-6\"")
                .contains("\"method\":{\"text\":\"Statistics of the readings of a month\"}")
                .contains("\"start\":\"2020-01-01T00:00:00Z\",\"end\":\"2020-01-09T19:00:00Z\"");
        assertThat(pressure.getComponent().stream()
                        .map(component ->
                                component.getCode().getCodingFirstRep().getCode() + "="
                                        + component.getValueQuantity().getValue())
                        .collect(Collectors.joining(" ")))
                .isEqualTo("average=129.5 minimum=120 maximum=139 count=180");
        assertThatThrownBy(() -> read(export(years(3)), 5)).isInstanceOf(UnreadableExport.class);
    }

    private static String years(int years) {
        StringBuilder records = new StringBuilder();
        for (int month = 0; month < 12 * years; month++) {
            for (int day = 1; day < 10; day++) {
                String date = "%d-%02d-%02d".formatted(2020 + month / 12, 1 + month % 12, day);
                records.append(record("BodyMass", "kg", date + " 06:00:00 +0000", "70"));
                for (int hour = 0; hour < 20; hour++) {
                    records.append(pressures("%s %02d:00:00 +0000".formatted(date, hour), 120 + hour));
                }
            }
        }
        return records.toString();
    }

    private static String record(String type, String unit, String time, String value) {
        return "<Record type=\"HKQuantityTypeIdentifier%s\" sourceName=\"x\" unit=\"%s\" startDate=\"%s\" endDate=\"%3$s\" value=\"%s\"/>"
                .formatted(type, unit, time, value);
    }

    private static String pressures(String time, int systolic) {
        return "<Correlation type=\"HKCorrelationTypeIdentifierBloodPressure\" sourceName=\"x\" startDate=\"%1$s\" endDate=\"%1$s\">"
                        .formatted(time)
                + record("BloodPressureSystolic", "mmHg", time, "" + systolic)
                + record("BloodPressureDiastolic", "mmHg", time, "80")
                + "</Correlation>";
    }

    private static InputStream export(String records) {
        return new ByteArrayInputStream(("<HealthData>" + records + "</HealthData>").getBytes(UTF_8));
    }

    private List<String> read(InputStream in, int most) throws XMLStreamException, UnreadableExport {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        entries.clear();
        return HealthExport.read(factory.createXMLStreamReader(in), most, true, entries::add);
    }

    private static String line(HealthEntry entry) {
        return FhirContext.forR4Cached()
                .newJsonParser()
                .encodeResourceToString(entry.resource())
                .replace(Resources.PATIENT, "#me");
    }

    private static List<String> expected() throws IOException {
        try (InputStream in = HealthExportTest.class.getResourceAsStream("export.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static InputStream file() {
        return Objects.requireNonNull(HealthExportTest.class.getResourceAsStream("export.xml"));
    }
}
