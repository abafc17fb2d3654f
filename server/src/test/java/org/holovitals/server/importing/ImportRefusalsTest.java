package org.holovitals.server.importing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

final class ImportRefusalsTest extends ImportFixture {

    @Autowired
    ImportRefusalsTest(ApplicationContext beans) {
        super(beans);
    }

    @Test
    void filesThatAreNoFhirAreNamedAndTheGoodOnesImported() throws Exception {
        byte[] packed = gzip((patient("g") + "\n").repeat(200));
        file("good.json", patient("good"));
        file("broken.json", "{\"resourceType\":\"Patient\",\n\"name\":[" + SECRET);
        file("cut.ndjson.gz", Arrays.copyOf(packed, packed.length - 20));
        file("cut.zip", Arrays.copyOf(zip(Map.of("p.json", patient("z").getBytes(UTF_8))), 60));
        file("deep.json", "{\"resourceType\":\"Patient\",\"extension\":" + "[{\"extension\":".repeat(300));
        file("empty.json", "");
        file("empty.ndjson", "\n");
        file("other.json", "{\"name\":\"" + SECRET + "\"}");
        file("text.json", "Dear " + SECRET);
        file("type.json", "{\"resourceType\":\"Nope\",\"x\":\"" + SECRET + "\"}");
        file("history.json", bundle("history"));
        ImportReport report = run(folder(), folder().resolve("absent.json"));
        assertReasons(
                report,
                Map.ofEntries(
                        Map.entry("broken.json", "is broken JSON at line 2, column"),
                        Map.entry("cut.ndjson.gz", "is cut off or damaged"),
                        Map.entry("cut.zip", "is not a whole zip archive; it may have been cut off"),
                        Map.entry("deep.json", "is JSON that is nested too deeply"),
                        Map.entry("empty.json", "is empty"),
                        Map.entry("empty.ndjson", "is empty"),
                        Map.entry("other.json", "is not FHIR: it has no resourceType"),
                        Map.entry("text.json", "is not FHIR: neither JSON nor XML"),
                        Map.entry("type.json", "holds a resource of the unknown type Nope"),
                        Map.entry("history.json", "is a Bundle of type history"),
                        Map.entry("absent.json", "does not exist")));
        assertStored("Patient/" + id("good"));
        assertAbsent("Patient/" + id("g"));
    }

    @Test
    void badLinesAreNamedAndTheGoodOnesImported() throws Exception {
        String name = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + SECRET;
        Path file = lines(
                "lines.ndjson",
                patient("first"),
                name,
                "{\"resourceType\":\"Nope\",\"id\":\"x\"}",
                "{\"resourceType\":\"Patient\",\"nickname\":\"" + SECRET + "\"}",
                "{\"resourceType\":\"Patient\",\"gender\":\"" + SECRET + "\"}",
                "{\"resourceType\":\"Patient\",\"birthDate\":\"" + SECRET + "\"}",
                name + "\\u0000\"}]}",
                "{\"resourceType\":\"Patient\",\"extension\":" + "[{\"url\":\"u\",\"extension\":".repeat(300) + "[]"
                        + "}]".repeat(300) + "}",
                "{\"resourceType\":\"Parameters\"}",
                patient("two") + patient("three"),
                "{\"resourceType\":\"Patient\",\"id\":\"" + "a".repeat(65) + "\"}",
                "{\"resourceType\":\"Patient\",\"name\":\"" + SECRET + "\"}",
                "[\"" + SECRET + "\"]",
                patient("last"));
        assertReasons(
                run(file),
                Map.ofEntries(
                        Map.entry("lines.ndjson#1", "is JSON that ends too early at line 1"),
                        Map.entry("lines.ndjson#2", "holds a resource of the unknown type Nope"),
                        Map.entry("lines.ndjson#3", "Unknown element 'nickname'"),
                        Map.entry("lines.ndjson#4", "Illegal value in 'gender'"),
                        Map.entry("lines.ndjson#5", "Illegal value in 'birthDate'"),
                        Map.entry("lines.ndjson#6", "holds a NUL character, which no FHIR text may"),
                        Map.entry("lines.ndjson#7", "is JSON that is nested too deeply"),
                        Map.entry("lines.ndjson#8", "is of the type Parameters, which is never stored"),
                        Map.entry("lines.ndjson#9", "has more than one JSON document on a line"),
                        Map.entry("lines.ndjson#10", "has an id that is not legal"),
                        Map.entry("lines.ndjson#11", "Element 'name' has to be a JSON object and is a JSON value"),
                        Map.entry("lines.ndjson#12", "is not FHIR: its JSON is no object")));
        assertStored("Patient/" + id("first"), "Patient/" + id("last"));
    }

    @Test
    void referencesThatLeadNowhereAreNamed() throws Exception {
        String wrong = observation("w", "p").replace("Patient/" + id("p"), "Medication/" + id("m"));
        String name = observation("n", "p").replace("Patient/" + id("p"), SECRET);
        Path file = lines("o.ndjson", observation("o", "none"), wrong, name, patient("p"), observation("good", "p"));
        Path bundle = file(
                "t.json",
                bundle(
                        "transaction",
                        put(patient("q"), "Patient/" + id("q")),
                        put(observation("r", "none"), "Observation/" + id("r"))));
        Path condition = file(
                "c.json",
                bundle(
                        "transaction",
                        put(
                                observation("c", "p")
                                        .replace("Patient/" + id("p"), "Patient?identifier=" + SECRET + id("x")),
                                "Observation/" + id("c"))));
        assertReasons(
                run(file, bundle, condition),
                Map.of(
                        "o.ndjson#0", "refers to Patient/" + id("none") + ", which is not here (Observation.subject)",
                        "o.ndjson#1", "has a reference that is not legal (Observation.subject)",
                        "o.ndjson#2", "has a reference that is not legal (Observation.subject)",
                        "t.json#1", "refers to Patient/" + id("none") + ", which is not here (Observation.subject)",
                        "c.json", "refers by a condition to a Patient that is not here"));
        assertStored("Observation/" + id("good"));
        assertAbsent("Patient/" + id("q"));
    }

    @Test
    void aBadEntryOfABatchLeavesTheOthersAndOneOfATransactionLeavesNothing() throws Exception {
        String bad = "{\"resource\":{\"resourceType\":\"Patient\",\"nickname\":\"" + SECRET
                + "\"},\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}";
        Path batch = file(
                "batch.json",
                bundle(
                        "batch",
                        put(patient("b0"), "Patient/" + id("b0")),
                        bad,
                        "{\"resource\":" + patient("b2") + "}",
                        "{\"request\":{\"method\":\"GET\",\"url\":\"Patient\"}}",
                        put(patient("b4"), "Patient/" + id("b4"))));
        Path transaction =
                file("transaction.json", bundle("transaction", put(patient("t"), "Patient/" + id("t")), bad));
        ImportReport report = run(batch, transaction);
        assertReasons(
                report,
                Map.of(
                        "batch.json#1", "Unknown element 'nickname'",
                        "batch.json#2", "has no request",
                        "batch.json#3", "asks to read",
                        "transaction.json#1", "Unknown element 'nickname'"));
        assertThat(report.resources()).isEqualTo(2);
        assertStored("Patient/" + id("b0"), "Patient/" + id("b4"));
        assertAbsent("Patient/" + id("t"));
    }

    @Test
    void twoEntriesThatWriteUnderOneConditionAreRefusedAsOverHttp() throws Exception {
        String condition = "identifier=urn:" + own + "|a";
        String twice = bundle(
                "transaction",
                createUnless(newPatient("b"), "identifier=urn:" + own + "|b"),
                createUnless(newPatient("a"), condition),
                createUnless(newPatient("a"), condition));
        assertReasons(
                run(file("twice.json", twice)),
                Map.of("twice.json#2", "Bundle.entry(1) and Bundle.entry(2) write under the same condition"));
        assertThat(post("", "application/fhir+json", twice.getBytes(UTF_8)).body())
                .contains("Bundle.entry(1) and Bundle.entry(2) write under the same condition");
        assertThat(patientsAndIdentifiers()).isEqualTo(java.util.List.of(0, 0));
    }

    @Test
    void xmlCannotReachOutOfItsFile() throws Exception {
        Path secret = file("secret.txt", SECRET);
        String entity = """
                <?xml version="1.0"?><!DOCTYPE Patient [<!ENTITY x SYSTEM "%s">]>
                <Patient xmlns="http://hl7.org/fhir"><id value="%s"/><language value="&x;"/></Patient>""".formatted(secret.toUri(), id("x"));
        file("entity.xml", entity);
        file("broken.xml", "<Patient xmlns=\"http://hl7.org/fhir\"><na");
        file("deep.xml", "<Patient xmlns=\"http://hl7.org/fhir\">" + "<extension>".repeat(300));
        file("other.xml", "<html><body>" + SECRET + "</body></html>");
        file("good.xml", "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"" + id("good") + "\"/></Patient>");
        assertReasons(
                run(folder()),
                Map.of(
                        "entity.xml", "has a document type declaration, which FHIR's XML never has",
                        "broken.xml", "is broken XML at line 1, column",
                        "deep.xml", "is XML that is nested too deeply",
                        "other.xml", "is not FHIR: its root element is not in the namespace"));
        assertStored("Patient/" + id("good"));
        assertAbsent("Patient/" + id("x"));
    }

    @Test
    void aNumberThatCouldNotBeReadBackIsRefused() throws Exception {
        file(
                "long.json",
                "{\"resourceType\":\"RiskAssessment\",\"status\":\"final\",\"subject\":{\"display\":\"x\"},"
                        + "\"prediction\":[{\"probabilityDecimal\":1e9999}]}");
        assertReasons(run(folder()), Map.of("long.json", "has a number with more than"));
    }

    @Test
    void anArchiveThatIsOutToHarmIsReportedAndItsGoodEntriesImported() throws Exception {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("../evil.json", patient("evil").getBytes(UTF_8));
        entries.put("inner.zip", zip(Map.of("p.json", patient("inner").getBytes(UTF_8))));
        entries.put("good.json", patient("good").getBytes(UTF_8));
        file("bad.zip", zip(entries));
        Path none = file("none/none.zip", zip(Map.of("readme.md", new byte[0])));
        Files.createDirectory(folder().resolve("loop"));
        Files.createSymbolicLink(folder().resolve("loop/again"), folder());
        assertReasons(
                run(folder(), none),
                Map.of(
                        "evil.json", "has a name that leads out of the archive",
                        "bad.zip!inner.zip", "is an archive inside an archive",
                        "none.zip", "holds no file that is named as FHIR",
                        "again", "links to a folder above itself"));
        assertStored("Patient/" + id("good"));
        assertAbsent("Patient/" + id("evil"));
    }

    private static void assertReasons(ImportReport report, Map<String, String> expected) {
        Map<String, String> failures = failures(report);
        assertThat(failures).containsOnlyKeys(expected.keySet());
        expected.forEach(
                (place, reason) -> assertThat(failures.get(place)).as(place).contains(reason));
    }
}
