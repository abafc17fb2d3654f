package org.holovitals.server.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.holovitals.server.Heap;
import org.holovitals.server.Spoiler;
import org.holovitals.server.access.Caller;
import org.holovitals.server.apple.HealthExport;
import org.holovitals.server.cda.CdaContents;
import org.holovitals.server.problem.Problem;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/** Files that are broken, odd, or meant to do harm, and those of other kinds and versions. */
final class HostileImportsTest extends IntakeFixture {
    private static final Logger log = LoggerFactory.getLogger(HostileImportsTest.class);
    private static final String STU3 = """
            {"resourceType":"Bundle","type":"collection","entry":[
             {"fullUrl":"urn:uuid:s1","resource":{"resourceType":"Patient","id":"p","name":[{"family":"Third","given":["Ada"]}],
              "gender":"female","birthDate":"1970-01-02"}},
             {"fullUrl":"urn:uuid:s2","resource":{"resourceType":"AllergyIntolerance","id":"a","clinicalStatus":"active",
              "verificationStatus":"confirmed","code":{"text":"Peanut"},"patient":{"reference":"Patient/p"}}}]}
            """;
    private static final String DSTU2 = """
            {"resourceType":"Bundle","type":"collection","entry":[
             {"resource":{"resourceType":"Patient","id":"p","name":[{"family":["Second"],"given":["Ada"]}],
              "gender":"female","birthDate":"1970-01-02"}},
             {"resource":{"resourceType":"Condition","id":"c","patient":{"reference":"Patient/p"},
              "code":{"text":"Gout"},"verificationStatus":"confirmed","clinicalStatus":"active"}}]}
            """;
    private static final String R5 = """
            {"resourceType":"MedicationRequest","status":"active","intent":"order","subject":{"reference":"Patient/p"},
             "medication":{"concept":{"text":"Aspirin"}}}
            """;

    @Autowired
    HostileImportsTest(ApplicationContext beans) {
        super(beans);
    }

    /** A file, and what it is answered with. */
    private record Bad(Supplier<byte[]> file, String problem, String detail) {
        Bad(byte[] file, String problem, String detail) {
            this(() -> file, problem, detail);
        }

        Bad(String file, String problem, String detail) {
            this(() -> file.getBytes(UTF_8), problem, detail);
        }
    }

    private static List<Bad> bad() {
        byte[] whole = zip(Map.of("a.json", STU3.getBytes(UTF_8)));
        String patient = "<Patient xmlns=\"http://hl7.org/fhir\">";
        return List.of(
                new Bad(new byte[0], "invalid-request", "The body has to be the file; it is empty"),
                new Bad("%PDF-1.7 no", "import-kind-unknown", "Bring a PDF or a picture as a document"),
                new Bad(
                        new byte[] {'M', 'Z', (byte) 0x90, 0},
                        "import-kind-unknown",
                        "neither FHIR nor a CDA document"),
                new Bad("<html><body/></html>", "import-kind-unknown", "XML, but neither FHIR nor a CDA document"),
                new Bad(
                        "{\"resourceType\":\"Patient\",\"name\":[{\"fam",
                        "import-broken",
                        "The file is JSON that ends too early at line 1"),
                new Bad(patient + "<name>", "import-broken", ""),
                new Bad("{\"resourceType\":\"Patient\",\"nothing\":1}", "import-broken", "nothing"),
                new Bad("{\"a\":".repeat(5_000), "import-broken", ""),
                new Bad(patient + "<contact>".repeat(5_000), "import-broken", ""),
                new Bad(
                        "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Zoë\"}]}".getBytes(ISO_8859_1),
                        "import-encoding",
                        ""),
                new Bad(declared("SYSTEM \"file:///etc/passwd\"", patient), "import-document-type", ""),
                new Bad(
                        declared("\"1\"><!ENTITY y \"&x;&x;&x;&x;&x;&x;&x;&x;&x;\"", patient),
                        "import-document-type",
                        "neither FHIR nor CDA ever has"),
                new Bad(
                        declared("SYSTEM \"http://127.0.0.1:9/\"", "<ClinicalDocument xmlns=\"urn:hl7-org:v3\">"),
                        "import-document-type",
                        ""),
                // The JDK's parser has no words for this character in this place.
                new Bad("<!DOCTYPE x [\u0001]>" + patient, "import-broken", "The file is broken XML"),
                new Bad(R5, "import-version", "FHIR R5"),
                new Bad(
                        zip(Map.of("inner.zip", zip(Map.of("a.json", new byte[] {'{'})))),
                        "import-archive",
                        "holds an archive"),
                new Bad(zip(Map.of("a.json", whole)), "import-archive", "holds an archive"),
                new Bad(
                        zip(Map.of("a.json.gz", new byte[] {0x1f, (byte) 0x8b, 8, 0})),
                        "import-archive",
                        "holds an archive"),
                new Bad(
                        zip(Map.of("zeros.json", new byte[20 << 20])),
                        "import-archive",
                        "inflates more than any file of text"),
                new Bad(Arrays.copyOf(whole, whole.length / 2), "import-broken", ""));
    }

    private static String declared(String entity, String root) {
        return "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY x " + entity + ">]>" + root + "<id value=\"&x;\"/>";
    }

    @Test
    void eachDefectHasItsOwnProblem() {
        String ada = patient("Bad", "1970-01-02");
        for (Bad bad : bad()) {
            Answer answer = bring(ada, bad.file().get());
            assertThat(answer.status()).as(bad.problem() + " " + answer.body()).isGreaterThanOrEqualTo(400);
            assertThat(answer.problem()).as(answer.body().toString()).isEqualTo(bad.problem());
            assertThat(answer.text("detail")).contains(bad.detail());
        }
        assertThat(read(ada, "/api/imports").body().path("imports")).isEmpty();
        assertThat(left()).isEmpty();
    }

    /** A file of gigabytes is read for minutes: what cannot be read never began a transaction, so none waits for reading. */
    @Test
    void aFileIsReadBeforeATransactionBegins() {
        String ada = patient("Early", "1970-01-02");
        Intake.Tables tables = beans.getBean(Intake.Tables.class);
        AtomicInteger begun = new AtomicInteger();
        TransactionOperations counted = new TransactionOperations() {
            @Override
            public <T> T execute(TransactionCallback<T> action) {
                begun.incrementAndGet();
                return tables.transactions().execute(action);
            }
        };
        Intake intake = new Intake(
                new Intake.Tables(
                        tables.keys(), tables.imports(), tables.entries(), tables.stored(), tables.visible(), counted),
                beans.getBean(Preparation.class),
                beans.getBean(SourceFiles.class),
                beans.getBean(Intake.Making.class));
        assertThatThrownBy(() -> bring(intake, ada, STU3.substring(0, STU3.length() - 9)))
                .isInstanceOf(Problem.class);
        assertThat(begun).hasValue(0);
        bring(intake, ada, STU3);
        assertThat(begun).hasValue(1);
    }

    private static void bring(Intake intake, String patient, String file) {
        intake.receive(Caller.operator(), null, patient, null, new ByteArrayInputStream(file.getBytes(UTF_8)));
    }

    /** Nothing of a file stays on the disk once it is answered. */
    private List<Path> left() {
        Path directory = beans.getBean(IntakeSettings.class).directory();
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void anotherEncodingOfFhirIsRead() {
        String ada = patient("Wide", "1970-01-02");
        String json = bundle(entry("urn:uuid:a", person("Wide", "1970-01-02")));
        String xml =
                "<Patient xmlns=\"http://hl7.org/fhir\"><name><family value=\"Wide\"/><given value=\"Ada\"/></name>"
                        + "<gender value=\"female\"/><birthDate value=\"1970-01-02\"/></Patient>";
        for (byte[] file : List.of(
                ("\uFEFF" + json).getBytes(UTF_8),
                json.getBytes(UTF_16LE),
                ("\uFEFF" + json).getBytes(UTF_16BE),
                ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + xml).getBytes(ISO_8859_1),
                ("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + xml).getBytes(UTF_16LE))) {
            assertThat(bring(ada, file).text("status")).isEqualTo("preview");
        }
    }

    /** FHIR lets an array of primitives be left out where only extensions of them are there: a name that is masked. */
    @Test
    void extensionsOfWhatIsNotThereAreRead() {
        String masked = person("Masked", "1970-01-02").replace("\"given\":[\"Ada\"]", """
                "_given":[{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}]}]\
                """);
        Answer brought = bring(patient("Masked", "1970-01-02"), masked);
        assertThat(brought.text("status")).as(brought.body().toString()).isEqualTo("needs_confirmation");
    }

    @Test
    void formerVersionsOfFhirAreConverted() {
        String third = patient("Third", "1970-01-02");
        Answer stu3 = bring(third, STU3);
        assertThat(findings(third, stu3.text("id")))
                .containsExactly("Patient duplicate: " + Comparison.OWN_PATIENT, "AllergyIntolerance new");
        assertThat(stu3.body().path("losses").toString()).contains("STU3");
        String second = patient("Second", "1970-01-02");
        Answer dstu2 = bring(second, DSTU2);
        assertThat(findings(second, dstu2.text("id")))
                .containsExactly("Patient duplicate: " + Comparison.OWN_PATIENT, "Condition new");
        assertThat(whole(second, "/api/imports/" + dstu2.text("id") + "/commit").counts("entries"))
                .isEqualTo(Map.of("written", 1, "left", 1));
    }

    @Test
    void anArchiveIsReadFileByFileAndOneThatCannotBeReadIsNamed() throws IOException {
        String ada = patient("Sample", "1970-01-02");
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("Patient.ndjson", person("Sample", "1970-01-02").getBytes(UTF_8));
        files.put(
                "Observation.ndjson",
                (weight("w1", "2020-01-02T08:00:00Z", "70") + "\n" + weight("w2", "2021-01-02T08:00:00Z", "71")
                                + "\n{\"resourceType\":\"Observation\",\"x\":1}\n")
                        .getBytes(UTF_8));
        files.put("IHE_XDM/DOC0001.XML", document());
        files.put("INDEX.HTM", "<html/>".getBytes(UTF_8));
        files.put("broken.json", "{".getBytes(UTF_8));
        Answer brought = bring(ada, zip(files));
        assertThat(brought.text("kind")).isEqualTo("archive");
        assertThat(brought.counts("findings")).containsEntry("duplicate", 2).containsEntry("refused", 1);
        assertThat(brought.body().path("losses").toString())
                .contains("broken.json")
                .contains("INDEX.HTM");
        assertThat(whole(ada, "/api/imports/" + brought.text("id") + "/commit").counts("entries"))
                .doesNotContainKeys("failed", "waiting");
    }

    /** Servers count from one: ids of two files say nothing of each other. */
    @Test
    void filesOfOneArchiveThatUseTheSameIdsAreNotMixedUp() {
        String ada = patient("Ids", "1970-01-02");
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(
                "a.json",
                bundle(
                                "{\"resource\":" + person("Ids", "1970-01-02") + "}",
                                "{\"resource\":" + condition("c", "asthma", "") + "}")
                        .getBytes(UTF_8));
        files.put(
                "b.json",
                bundle(
                                "{\"resource\":" + person("Ids", "1970-01-02") + "}",
                                "{\"resource\":" + condition("c", "gout", "") + "}")
                        .getBytes(UTF_8));
        assertThat(bring(ada, zip(files)).counts("findings")).isEqualTo(Map.of("duplicate", 2, "new", 2));
        files.put(
                "b.json",
                bundle(
                                "{\"resource\":" + person("Other", "1999-01-02") + "}",
                                "{\"resource\":" + condition("c", "gout", "") + "}")
                        .getBytes(UTF_8));
        assertThat(bring(ada, zip(files)).text("status")).isEqualTo("refused");
    }

    static byte[] document() throws IOException {
        try (InputStream in = Objects.requireNonNull(CdaContents.class.getResourceAsStream("summary.xml"))) {
            return in.readAllBytes();
        }
    }

    /** Some of each kind, or a thousand with -Dholovitals.fuzz=1000: each is answered, and never by a defect of the server. */
    @Test
    void spoiledFilesOfEachKindAreAnswered() throws IOException {
        int rounds = Integer.getInteger("holovitals.fuzz", 4);
        long before = Heap.used();
        for (Map.Entry<String, byte[]> kind : wholeFiles().entrySet()) {
            Spoiler spoiler = new Spoiler(kind.getKey().hashCode());
            Map<String, Integer> outcomes = new TreeMap<>();
            String ada = "";
            for (int round = 0; round < rounds; round++) {
                if (round % 15 == 0) {
                    // Only so many may wait for an answer.
                    ada = patient("Sample", "1970-01-02");
                }
                Answer answer = bring(ada, spoiled(kind.getKey(), spoiler, kind.getValue(), round));
                assertThat(answer.status())
                        .as(kind.getKey() + " round " + round + " " + answer.body())
                        .isIn(201, 400, 413, 415, 422);
                outcomes.merge(answer.status() == 201 ? answer.text("status") : answer.problem(), 1, Integer::sum);
            }
            log.info("{} spoiled files of {}: {}", rounds, kind.getKey(), outcomes);
        }
        log.info("{} MB of heap before, {} MB after", before, Heap.used());
        assertThat(left()).isEmpty();
    }

    /** Every other archive is whole, with a spoiled file in it, and every other card is signed after it was spoiled. */
    private static byte[] spoiled(String kind, Spoiler spoiler, byte[] file, int round) throws IOException {
        if (round % 2 == 0 || !(kind.contains("zip") || kind.equals("card"))) {
            return spoiler.spoil(file);
        }
        if (kind.equals("card")) {
            return card(spoiler.spoil(TestCards.bundle("Sample").getBytes(UTF_8)));
        }
        return kind.startsWith("apple")
                ? zip(Map.of("apple_health_export/export.xml", spoiler.spoil(export())))
                : zip(Map.of("a.json", spoiler.spoil(STU3.getBytes(UTF_8)), "b.xml", spoiler.spoil(document())));
    }

    private static Map<String, byte[]> wholeFiles() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String json = bundle(
                entry("urn:uuid:a", person("Sample", "1970-01-02")),
                entry("urn:uuid:b", weight("w", "2020-01-02T08:00:00Z", "70")),
                entry("urn:uuid:c", condition("c", "gout", "")));
        files.put("json", json.getBytes(UTF_8));
        FhirContext fhir = FhirContext.forR4Cached();
        files.put(
                "xml",
                fhir.newXmlParser()
                        .encodeResourceToString(fhir.newJsonParser().parseResource(json))
                        .getBytes(UTF_8));
        files.put("stu3", STU3.getBytes(UTF_8));
        files.put(
                "ndjson",
                (person("Sample", "1970-01-02") + "\n" + weight("w", "2020-01-02T08:00:00Z", "70") + "\n")
                        .getBytes(UTF_8));
        files.put("ccda", document());
        files.put("zip", zip(Map.of("a.json", STU3.getBytes(UTF_8), "b.xml", document())));
        files.put("card", card(TestCards.bundle("Sample").getBytes(UTF_8)));
        files.put("apple", export());
        files.put("apple zip", zip(Map.of("apple_health_export/export.xml", export())));
        return files;
    }

    private static byte[] card(byte[] bundle) {
        return TestCards.file(TestCards.card(TestCards.KEY, TestCards.ISSUER, new String(bundle, UTF_8)))
                .getBytes(UTF_8);
    }

    private static byte[] export() throws IOException {
        try (InputStream in = Objects.requireNonNull(HealthExport.class.getResourceAsStream("export.xml"))) {
            return in.readAllBytes();
        }
    }
}
