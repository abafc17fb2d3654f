package org.holovitals.server.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.holovitals.server.Heap;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.apple.HealthExport;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What Apple Health exports, from a telephone into a record. */
final class HealthExportsTest extends IntakeFixture {
    private static final Logger log = LoggerFactory.getLogger(HealthExportsTest.class);
    private static final String FOLDER = "apple_health_export/";
    private static final String GOUT = """
            {"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/clinic-7"},\
            "code":{"text":"Gout"},"onsetDateTime":"2019"}""";

    @Autowired
    HealthExportsTest(ApplicationContext beans) {
        super(beans);
    }

    @Test
    void anExportIsConfirmedWrittenAndKnownAgainAndALaterOneAddsWhatIsNew() throws IOException {
        String ada = patient("Health", "1970-01-02");
        Answer brought = bring(ada, export());
        assertThat(brought.status()).as(brought.body().toString()).isEqualTo(201);
        assertThat(brought.text("kind")).isEqualTo("apple_health");
        // It says when somebody was born, but not who that is.
        assertThat(brought.text("status")).isEqualTo("needs_confirmation");
        assertThat(brought.body().path("losses").toString())
                .contains("Heart rate: 11 readings are put together to 1, one for each day and device");
        String path = "/api/imports/" + brought.text("id");
        assertThat(post(ada, path + "/confirm").counts("findings")).isEqualTo(Map.of("new", 14, "duplicate", 1));
        assertThat(whole(ada, path + "/commit").counts("entries"))
                .as(findings(ada, brought.text("id")).toString())
                .isEqualTo(Map.of("written", 14, "left", 1));
        assertThat(jdbc.sql("""
                        select string_agg(concat_ws(' ', t.code, t.blood_pressure_systolic, t.heart_rate, t.weight), ', '
                          order by t.code, t.heart_rate nulls last)
                        from holovitals.patient_vital_signs t
                        join holovitals.patient_repositories p on p.id = t.repository_id
                        join holovitals.patients q on q.id = p.patient_id
                        where q.fhir_id = ? and t.code in ('85354-9', '8867-4', '29463-7')
                        """).param(ada).query(String.class).single())
                .isEqualTo("29463-7 64.9998, 85354-9 121, 8867-4 61, 8867-4 88, 8867-4");
        String later = new String(export(), UTF_8)
                .replace(
                        "<ActivitySummary",
                        "<Record type=\"HKQuantityTypeIdentifierHeartRate\" sourceName=\"Ada’s Apple Watch\" unit=\"count/min\""
                                + " startDate=\"2023-03-26 23:59:59 -0700\" endDate=\"2023-03-26 23:59:59 -0700\" value=\"50\"/>"
                                + "<Record type=\"HKQuantityTypeIdentifierBodyMass\" sourceName=\"Scale\" unit=\"kg\""
                                + " startDate=\"2023-04-02 07:00:00 -0700\" endDate=\"2023-04-02 07:00:00 -0700\" value=\"64\"/>"
                                + "<ActivitySummary");
        Answer again = bring(ada, later);
        assertThat(post(ada, "/api/imports/" + again.text("id") + "/confirm").counts("findings"))
                .isEqualTo(Map.of("new", 1, "changed", 1, "duplicate", 14));
        whole(ada, "/api/imports/" + again.text("id") + "/commit");
        assertThat(whole(ada, "/api/imports/" + again.text("id") + "/undo").counts("entries"))
                .isEqualTo(Map.of("undone", 2, "left", 14));
        assertThat(whole(ada, path + "/undo").counts("entries")).isEqualTo(Map.of("undone", 13, "kept", 1, "left", 1));
    }

    @Test
    void anArchiveBringsTheRecordsOfClinicsAndTheirPatientsTellWhoseItIs() throws IOException {
        String ada = patient("Zipped", "1970-01-02");
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(FOLDER + "clinical-records/Condition-c1.json", GOUT.getBytes(UTF_8));
        files.put(FOLDER + "clinical-records/Observation-x.json", "{\"resourceType\":\"Observation\"".getBytes(UTF_8));
        files.put(FOLDER + "export_cda.xml", "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>".getBytes(UTF_8));
        files.put(FOLDER + "Exportieren.xml", export());
        files.put(FOLDER + "workout-routes/route_1.gpx", "<gpx/>".getBytes(UTF_8));
        Answer nameless = bring(ada, zip(files));
        assertThat(nameless.text("kind")).isEqualTo("apple_health");
        assertThat(nameless.text("status")).isEqualTo("needs_confirmation");
        assertThat(nameless.body().path("losses").toString())
                .contains("clinical-records/Observation-x.json")
                .contains("Routes, electrocardiograms and other files: 1 left out")
                .contains("The readings as a CDA document");
        assertThat(post(ada, "/api/imports/" + nameless.text("id") + "/confirm").counts("findings"))
                .isEqualTo(Map.of("new", 15, "duplicate", 1));
        String self = person("Zipped", "1970-01-02").replace("\"p\"", "\"clinic-7\"");
        files.put(FOLDER + "clinical-records/Patient-7.json", self.getBytes(UTF_8));
        assertThat(bring(ada, zip(files)).counts("findings")).isEqualTo(Map.of("new", 15, "duplicate", 2));
        files.put(
                FOLDER + "clinical-records/Patient-7.json",
                self.replace("1970", "1971").getBytes(UTF_8));
        assertThat(bring(ada, zip(files)).text("status")).isEqualTo("refused");
        files.remove(FOLDER + "Exportieren.xml");
        assertThat(bring(ada, zip(files)).problem()).isEqualTo("import-broken");
    }

    @Test
    void anExportOfSomebodyElseOrOneThatIsBrokenOrMeansHarmIsRefused() throws IOException {
        String eve = patient("Other", "1999-09-09");
        assertThat(bring(eve, export()).text("status")).isEqualTo("refused");
        String text = new String(export(), UTF_8);
        assertThat(bring(eve, text.substring(0, text.length() / 2)).problem()).isEqualTo("import-broken");
        assertThat(bring(
                                eve,
                                text.replace(
                                                "<!ELEMENT Record",
                                                "<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ELEMENT Record")
                                        .replace("value=\"143.30\"", "value=\"&x;\""))
                        .problem())
                .isEqualTo("import-broken");
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(FOLDER + "export.xml", export());
        files.put(FOLDER + "zeros.gpx", new byte[20 << 20]);
        assertThat(bring(eve, zip(files)).problem()).isEqualTo("import-archive");
        byte[] whole = zip(Map.of(FOLDER + "export.xml", export()));
        assertThat(bring(eve, Arrays.copyOf(whole, whole.length / 2)).problem()).isEqualTo("import-broken");
    }

    /** Megabytes of heart rates, one each five seconds, as they come from a watch. */
    @Test
    void aHugeExportIsReadInBoundedMemory() {
        String ada = patient("Huge", "1970-01-02");
        long megabytes = Long.getLong("holovitals.health-export", 3);
        long before = Heap.used();
        Instant start = Instant.now();
        HttpResponse<String> answer = sendAs(
                TestIssuer.patient(ada, "patient/*.cruds"),
                HttpRequest.newBuilder(URI.create(base().replace("/fhir", "") + "/api/imports"))
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofInputStream(() -> new Flood(megabytes << 20))));
        Duration taken = Duration.between(start, Instant.now());
        log.info(
                "{} MB in {} s; {} MB of heap before, {} MB after, of at most {} MB; {}",
                megabytes,
                taken.toSeconds(),
                before,
                Heap.used(),
                Runtime.getRuntime().maxMemory() >> 20,
                answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    /** An export of a size, made while it is read. */
    private static final class Flood extends InputStream {
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xx").withZone(ZoneOffset.ofHours(-7));
        private static final Instant FIRST = Instant.parse("2014-01-01T00:00:00Z");

        private long left;
        private long count;
        private byte[] part = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE HealthData [ ]><HealthData>"
                        + "<Me HKCharacteristicTypeIdentifierDateOfBirth=\"1970-01-02\"/>")
                .getBytes(UTF_8);
        private int at;

        Flood(long bytes) {
            this.left = bytes;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (at == part.length) {
                part = next().getBytes(UTF_8);
                at = 0;
            }
            int some = Math.min(length, part.length - at);
            System.arraycopy(part, at, bytes, offset, some);
            at += some;
            return some == 0 ? -1 : some;
        }

        private String next() {
            if (left <= 0) {
                boolean isOver = left < 0;
                left = -1;
                return isOver ? "" : "</HealthData>";
            }
            StringBuilder records = new StringBuilder(1 << 20);
            while (records.length() < 1 << 19) {
                String time = TIME.format(FIRST.plusSeconds(5 * count));
                records.append(" <Record type=\"HKQuantityTypeIdentifierHeartRate\" sourceName=\"Ada's Apple Watch\""
                                + " sourceVersion=\"9.3\" device=\"&lt;&lt;HKDevice: 0x2817c1e00&gt;, name:Apple Watch,"
                                + " manufacturer:Apple Inc., model:Watch, hardware:Watch6,2, software:9.3&gt;\""
                                + " unit=\"count/min\" creationDate=\"")
                        .append(time)
                        .append("\" startDate=\"")
                        .append(time)
                        .append("\" endDate=\"")
                        .append(time)
                        .append("\" value=\"")
                        .append(50 + count++ % 90)
                        .append("\"/>\n");
            }
            left = Math.max(0, left - records.length());
            return records.toString();
        }
    }

    private static byte[] export() throws IOException {
        try (InputStream in = Objects.requireNonNull(HealthExport.class.getResourceAsStream("export.xml"))) {
            return in.readAllBytes();
        }
    }
}
