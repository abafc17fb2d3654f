package org.holovitals.server.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipFile;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.SaidConsents;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Files of FHIR resources, from looking at them to taking them back. */
final class ImportsTest extends IntakeFixture {
    private static final Path POPULATION = Path.of("../../shared/data/synthea-20.zip");

    @Autowired
    ImportsTest(ApplicationContext beans) {
        super(beans);
    }

    @Test
    void aFileIsLookedAtWrittenOnceUndoneAndWrittenAgain() {
        String ada = patient("Import", "1970-01-02");
        String file = bundle(
                entry("urn:uuid:0a000000-0000-4000-8000-00000000000a", person("Import", "1970-01-02")),
                entry("urn:uuid:0a000000-0000-4000-8000-00000000000b", weight("w1", "2020-01-02T08:00:00Z", "71.50")),
                entry(
                        "urn:uuid:0a000000-0000-4000-8000-00000000000c",
                        condition("c1", "asthma", ",\"onsetDateTime\":\"2001\"")));

        Answer brought = bring(ada, file);
        assertThat(brought.status()).as(brought.body().toString()).isEqualTo(201);
        assertThat(brought.text("status")).isEqualTo("preview");
        assertThat(brought.text("name")).isEqualTo("records");
        assertThat(brought.counts("findings")).isEqualTo(Map.of("new", 2, "duplicate", 1));
        assertThat(rows(ada)).isEmpty();

        String path = "/api/imports/" + brought.text("id");
        assertThat(whole(ada, path + "/commit").text("status")).isEqualTo("committed");
        Map<String, String> first = rows(ada);
        assertThat(first).hasSize(2);
        assertThat(provenances(ada)).isEqualTo(1);
        assertThat(post(ada, path + "/commit").status()).isEqualTo(409);

        assertThat(bring(ada, file).counts("findings")).isEqualTo(Map.of("duplicate", 3));

        assertThat(whole(ada, path + "/undo").counts("entries")).isEqualTo(Map.of("left", 1, "undone", 2));
        assertThat(rows(ada)).isEmpty();
        assertThat(provenances(ada)).isZero();

        String again = bring(ada, file).text("id");
        whole(ada, "/api/imports/" + again + "/commit");
        assertThat(rows(ada)).isEqualTo(first);
    }

    /** A document of HL7's International Patient Summary: its sections lead to what was written, its authors stay in words. */
    @Test
    void aPatientSummaryIsWrittenWithItsSections() throws IOException {
        String ada = patient("Summary", "1970-01-02");
        byte[] file;
        try (InputStream in = Objects.requireNonNull(ImportsTest.class.getResourceAsStream("ips.json"))) {
            file = in.readAllBytes();
        }
        Answer brought = bring(ada, file);
        assertThat(brought.text("status")).as(brought.body().toString()).isEqualTo("preview");
        assertThat(findings(ada, brought.text("id")))
                .containsExactly(
                        "Composition new",
                        "Patient duplicate: " + Comparison.OWN_PATIENT,
                        "Practitioner refused: " + Comparison.OF_NOBODY,
                        "Organization refused: " + Comparison.OF_NOBODY,
                        "Condition new",
                        "MedicationStatement new",
                        "Medication refused: " + Comparison.OF_NOBODY,
                        "AllergyIntolerance new",
                        "Observation new");
        String path = "/api/imports/" + brought.text("id");
        assertThat(whole(ada, path + "/commit").counts("entries")).isEqualTo(Map.of("written", 5, "left", 4));
        Bundle found = client().search()
                .byUrl("Composition?subject=Patient/" + ada)
                .returnBundle(Bundle.class)
                .execute();
        Composition composition = (Composition) found.getEntryFirstRep().getResource();
        assertThat(composition.getAuthorFirstRep().getDisplay()).isEqualTo("Beetje van Hulp");
        assertThat(composition.getCustodian().getIdentifier().getValue()).isEqualTo("564738757");
        assertThat(composition.getSection().stream()
                        .flatMap(section -> section.getEntry().stream())
                        .map(reference -> client().read()
                                .resource(reference.getReferenceElement().getResourceType())
                                .withId(reference.getReferenceElement().getIdPart())
                                .execute()
                                .fhirType()))
                .containsExactly("Condition", "MedicationStatement", "AllergyIntolerance", "Observation");
        assertThat(bring(ada, file).counts("findings")).isEqualTo(Map.of("duplicate", 6, "refused", 3));
        assertThat(whole(ada, path + "/undo").counts("entries")).isEqualTo(Map.of("undone", 5, "left", 4));
    }

    @Test
    void whatChangedInTheFileIsPutInItsPlaceAndTheFormerVersionComesBack() {
        String ada = patient("Change", "1970-01-02");
        String url = "urn:uuid:0b000000-0000-4000-8000-00000000000b";
        String patient = entry("urn:uuid:0b000000-0000-4000-8000-00000000000a", person("Change", "1970-01-02"));
        String id = bring(ada, bundle(patient, entry(url, weight("w1", "2020-01-02T08:00:00Z", "71"))))
                .text("id");
        whole(ada, "/api/imports/" + id + "/commit");
        Map<String, String> before = rows(ada);

        Answer changed = bring(ada, bundle(patient, entry(url, weight("w1", "2020-01-02T08:00:00Z", "72"))));
        assertThat(changed.counts("findings")).isEqualTo(Map.of("changed", 1, "duplicate", 1));
        String path = "/api/imports/" + changed.text("id");
        whole(ada, path + "/commit");
        assertThat(rows(ada)).hasSize(1).isNotEqualTo(before);
        assertThat(whole(ada, path + "/undo").counts("entries")).isEqualTo(Map.of("left", 1, "undone", 1));
        assertThat(rows(ada)).isEqualTo(before);

        // The first import did not write the version that is there now.
        Answer undone = whole(ada, "/api/imports/" + id + "/undo");
        assertThat(undone.counts("entries")).isEqualTo(Map.of("left", 1, "kept", 1));
        assertThat(findings(ada, id)).contains("Observation new: " + Undo.CHANGED_SINCE);
    }

    @Test
    void theFileOfADocumentReferenceIsKeptAndKnownAgain() {
        String ada = patient("Letter", "1970-01-02");
        String letter = """
                {"resourceType":"DocumentReference","status":"current","subject":{"reference":"Patient/p"},\
                "content":[{"attachment":{"contentType":"text/plain","title":"letter.txt","data":"RGVhciBjb2xsZWFndWU="}}]}""";
        String file = bundle(
                entry("Patient/p", person("Letter", "1970-01-02")),
                entry("urn:uuid:0d000000-0000-4000-8000-00000000000b", letter));
        String path = "/api/imports/" + bring(ada, file).text("id");
        whole(ada, path + "/commit");
        JsonNode kept = read(ada, "/api/documents").body().path("items");
        assertThat(kept.path(0).path("name").asText()).isEqualTo("letter.txt");
        assertThat(bring(ada, file).counts("findings")).isEqualTo(Map.of("duplicate", 2));
        whole(ada, path + "/undo");
        assertThat(read(ada, "/api/documents").body().path("items").size()).isZero();
    }

    @Test
    void whatSomebodyElseWroteIsAConflictThatIsTakenOnlyByName() {
        String ada = patient("Conflict", "1970-01-02");
        store(
                "Observation/" + ada + "-w",
                weight(ada + "-w", "2020-01-02T08:00:00Z", "71").replace("Patient/p", "Patient/" + ada));
        String file = bundle(
                entry("urn:uuid:0c000000-0000-4000-8000-00000000000a", person("Conflict", "1970-01-02")),
                entry("urn:uuid:0c000000-0000-4000-8000-00000000000b", weight("w1", "2020-01-02T08:00:00Z", "99")));
        String id = bring(ada, file).text("id");
        assertThat(findings(ada, id))
                .containsExactly(
                        "Patient duplicate: " + Comparison.OWN_PATIENT,
                        "Observation conflict: " + Comparison.OTHER_VALUE);
        Answer refused = post(ada, "/api/imports/" + id + "/commit", "{\"entries\":[0]}");
        assertThat(refused.problem()).isEqualTo("invalid-request");
        post(ada, "/api/imports/" + id + "/commit", "{\"entries\":[1]}");
        assertThat(rows(ada)).hasSize(2);
    }

    @Test
    void theFileOfSomebodyElseIsRefusedAndOneThatMayBeIsConfirmed() {
        String ada = patient("Miller", "1970-01-02");
        Answer other = bring(
                ada, bundle(entry("urn:uuid:a", person("Smith", "1999-09-09").replace("Ada", "Bo"))));
        assertThat(other.text("status")).isEqualTo("refused");
        assertThat(other.body().path("differences").toString())
                .isEqualTo("[{\"what\":\"name\",\"file\":\"Bo Smith\",\"record\":\"Ada Miller\"},"
                        + "{\"what\":\"birthDate\",\"file\":\"1999-09-09\",\"record\":\"1970-01-02\"}]");
        assertThat(post(ada, "/api/imports/" + other.text("id") + "/confirm").problem())
                .isEqualTo("conflict");
        assertThat(post(ada, "/api/imports/" + other.text("id") + "/commit").problem())
                .isEqualTo("conflict");
        Answer two = bring(
                ada,
                bundle(
                        entry("urn:uuid:a", person("Miller", "1970-01-02")),
                        entry("urn:uuid:b", person("Miller", "1971-01-02").replace("\"p\"", "\"q\""))));
        assertThat(two.text("status")).isEqualTo("refused");

        Answer maiden = bring(
                ada,
                bundle(
                        entry("urn:uuid:a", person("Born", "1970-01-02")),
                        entry("urn:uuid:b", weight("w", "2020-01-02T08:00:00Z", "70"))));
        assertThat(maiden.text("status")).isEqualTo("needs_confirmation");
        assertThat(maiden.counts("findings")).isEmpty();
        assertThat(post(ada, "/api/imports/" + maiden.text("id") + "/commit").problem())
                .isEqualTo("conflict");
        Answer confirmed = post(ada, "/api/imports/" + maiden.text("id") + "/confirm");
        assertThat(confirmed.counts("findings")).isEqualTo(Map.of("duplicate", 1, "new", 1));

        Answer nameless = bring(ada, weight("w", "2021-01-02T08:00:00Z", "70"));
        assertThat(nameless.text("status")).isEqualTo("needs_confirmation");
        assertThat(post(ada, "/api/imports/" + nameless.text("id") + "/confirm").counts("findings"))
                .isEqualTo(Map.of("new", 1));
    }

    @Test
    void nobodyElseSeesAnImport() {
        String ada = patient("Own", "1970-01-02");
        String eve = patient("Eve", "1970-01-02");
        String id = bring(ada, bundle(entry("urn:uuid:a", person("Own", "1970-01-02"))))
                .text("id");
        for (String path : List.of("", "/entries")) {
            assertThat(read(eve, "/api/imports/" + id + path).status()).isEqualTo(404);
        }
        for (String path : List.of("/commit", "/undo", "/confirm")) {
            assertThat(post(eve, "/api/imports/" + id + path).status()).isEqualTo(404);
        }
        assertThat(read(eve, "/api/imports?patient=" + ada).status()).isEqualTo(404);
        assertThat(as(eve, "patient/*.cruds", "POST", "/api/imports?patient=" + ada, "{}".getBytes(UTF_8))
                        .status())
                .isEqualTo(404);
        assertThat(read(ada, "/api/imports").body().path("imports")).hasSize(1);
        assertThat(read(eve, "/api/imports").body().path("imports")).isEmpty();
        assertThat(jdbc.sql("""
                        select action || ' ' || outcome from holovitals.audit_logs
                        where resource = 'imports' and patients = array[?]::text[] order by seq
                        """).param(ada).query(String.class).list())
                .contains("import-file success", "read-import refused", "undo-import refused");
    }

    @Test
    void aProxyWhoDecidesBringsAFileAndOneWhoMayOnlyReadAndWriteDoesNot() {
        String child = patient("Child", "2015-01-02");
        SaidConsents consents = beans.getBean(SaidConsents.class);
        String subject = UUID.randomUUID().toString();
        String proxy = TestIssuer.token(claims -> claims.subject(subject)
                .claim("scope", "user/*.cruds")
                .claim("sid", "session")
                .claim("fhirUser", "Patient/" + patient("Parent", "1980-01-02"))
                .claim("realm_access", Map.of("roles", List.of("patient"))));
        byte[] file = bundle(
                        entry("urn:uuid:a", person("Child", "2015-01-02")),
                        entry("urn:uuid:b", weight("w", "2020-01-02T08:00:00Z", "20")))
                .getBytes(UTF_8);
        String path = "/api/imports?patient=" + child;
        consents.grant(subject, child, Set.of(Part.ALL_PHI), Action.READ, Action.WRITE);
        assertThat(as(proxy, "POST", path, file).status()).isEqualTo(404);
        consents.grant(subject, child, Set.of(Part.ALL_PHI), Action.DECIDE);
        Answer brought = as(proxy, "POST", path, file);
        assertThat(brought.status()).as(brought.body().toString()).isEqualTo(201);
        Answer committed = as(proxy, "POST", "/api/imports/" + brought.text("id") + "/commit", new byte[0]);
        assertThat(committed.counts("entries")).isEqualTo(Map.of("left", 1, "written", 1));
        // What the proxy did is the patient's to see and to undo.
        assertThat(whole(child, "/api/imports/" + brought.text("id") + "/undo").counts("entries"))
                .isEqualTo(Map.of("left", 1, "undone", 1));
        consents.end(subject);
        assertThat(as(proxy, "GET", "/api/imports/" + brought.text("id"), new byte[0])
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatSomethingElseRefersToStaysAndSaysSo() {
        String ada = patient("Needed", "1970-01-02");
        String id = bring(
                        ada,
                        bundle(
                                entry("urn:uuid:a", person("Needed", "1970-01-02")),
                                entry("urn:uuid:0d000000-0000-4000-8000-00000000000b", condition("c1", "asthma", "")),
                                entry("urn:uuid:0d000000-0000-4000-8000-00000000000c", condition("c2", "gout", ""))))
                .text("id");
        whole(ada, "/api/imports/" + id + "/commit");
        String asthma = read(ada, "/api/imports/" + id + "/entries?finding=new")
                .body()
                .path("entries")
                .path(0)
                .path("resource")
                .asText();
        store("Encounter/" + ada + "-e", """
                {"resourceType":"Encounter","id":"%1$s-e","status":"finished","class":{"code":"AMB"},\
                "subject":{"reference":"Patient/%1$s"},"diagnosis":[{"condition":{"reference":"%2$s"}}]}""".formatted(ada, asthma));
        assertThat(whole(ada, "/api/imports/" + id + "/undo").counts("entries"))
                .isEqualTo(Map.of("kept", 1, "left", 1, "undone", 1));
        assertThat(findings(ada, id)).contains("Condition new: " + Undo.IN_USE);
        assertThat(provenances(ada)).isEqualTo(1);
    }

    @Test
    void whatNobodyAnswersIsDroppedAndWhatIsKeptUntilThenCannotBeReadInTheDatabase() {
        String ada = patient("Secretname", "1970-01-02");
        String id = bring(
                        ada,
                        bundle(
                                entry("urn:uuid:a", person("Secretname", "1970-01-03")),
                                entry("urn:uuid:b", condition("c", "Secretcode", ""))))
                .text("id");
        String rows = jdbc.sql("""
                        select string_agg(i::text || e::text, ' ') from holovitals.imports i
                        join holovitals.import_entries e on e.import_id = i.id where i.id = ?::uuid
                        """).param(id).query(String.class).single();
        assertThat(rows).isNotBlank().doesNotContain("Secret", "1970", "records");
        jdbc.sql("update holovitals.imports set expires_at = now() - interval '1 second' where id = ?::uuid")
                .param(id)
                .update();
        assertThat(read(ada, "/api/imports/" + id).text("status")).isEqualTo("expired");
        assertThat(read(ada, "/api/imports/" + id + "/entries").body().path("entries"))
                .isEmpty();
        assertThat(post(ada, "/api/imports/" + id + "/confirm").problem()).isEqualTo("conflict");
        assertThat(beans.getBean(Imports.class).expire()).isPositive();
        assertThat(jdbc.sql("select count(*) from holovitals.import_entries where import_id = ?::uuid")
                        .param(id)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void whatTheScopesDoNotLetTheCallerWriteIsRefused() {
        String ada = patient("Scope", "1970-01-02");
        String file = bundle(
                entry("urn:uuid:a", person("Scope", "1970-01-02")),
                entry("urn:uuid:b", weight("w", "2020-01-02T08:00:00Z", "70")),
                entry("urn:uuid:c", condition("c", "asthma", "")),
                entry("urn:uuid:d", "{\"resourceType\":\"Practitioner\",\"id\":\"d\"}"),
                entry("urn:uuid:e", condition("e", "gout", "").replace("Patient/p", "Patient/other")));
        String scopes = "patient/Patient.rs patient/Observation.cruds patient/Condition.rs";
        Answer brought = as(ada, scopes, "POST", "/api/imports", file.getBytes(UTF_8));
        assertThat(findings(ada, brought.text("id")))
                .containsExactly(
                        "Patient duplicate: " + Comparison.OWN_PATIENT,
                        "Observation new",
                        "Condition refused: " + Comparison.OUT_OF_SCOPE,
                        "Practitioner refused: " + Comparison.OF_NOBODY,
                        "Condition refused: " + Comparison.OF_ANOTHER);
        String path = "/api/imports/" + brought.text("id");
        // An app with less than the one that looked writes nothing.
        Answer less = as(ada, "patient/*.rs", "POST", path + "/commit", new byte[0]);
        assertThat(less.counts("entries")).isEqualTo(Map.of("failed", 1, "left", 4));
        assertThat(rows(ada)).isEmpty();
    }

    @Test
    void aSyntheticPatientIsWrittenByTurnsOnceWhicheverTurnIsInterrupted() throws IOException {
        assumeTrue(
                Files.exists(POPULATION), "This test needs synthea-20.zip in a folder shared/data beside the checkout");
        byte[] file = member("Linette249");
        Bundle bundle = FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, new String(file, UTF_8));
        Patient patient = (Patient) bundle.getEntryFirstRep().getResource();
        String ada = bundle.getEntryFirstRep().getFullUrl().substring("urn:uuid:".length());
        store(
                "Patient/" + ada,
                FhirContext.forR4Cached()
                        .newJsonParser()
                        .encodeResourceToString(patient.copy().setId(ada)));

        Answer brought = bring(ada, file);
        assertThat(brought.status()).as(brought.body().toString()).isEqualTo(201);
        int wanted = brought.count("findings", "new");
        assertThat(brought.counts("findings").values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(bundle.getEntry().size());
        String path = "/api/imports/" + brought.text("id");
        interrupt(UUID.fromString(brought.text("id")));
        Answer committed = whole(ada, path + "/commit");
        assertThat(committed.counts("entries").get("written"))
                .as(findings(ada, brought.text("id")).toString())
                .isEqualTo(wanted);
        assertThat(written(brought.text("id"))).isEqualTo(wanted);
        Map<String, String> first = rows(ada);

        Answer again = bring(ada, file);
        assertThat(again.counts("findings"))
                .doesNotContainKeys("new", "changed", "conflict")
                .containsEntry("duplicate", wanted + brought.count("findings", "duplicate"));

        assertThat(whole(ada, path + "/undo").counts("entries").get("undone")).isEqualTo(wanted);
        assertThat(rows(ada)).isEmpty();
        whole(ada, "/api/imports/" + bring(ada, file).text("id") + "/commit");
        assertThat(rows(ada)).isEqualTo(first);
    }

    /** Writes two turns, and dies in the third when its resources are written and its journal is not. */
    private void interrupt(UUID id) {
        Intake.Tables tables = beans.getBean(Intake.Tables.class);
        Import of = tables.imports().find(id).orElseThrow();
        Sealing sealing = beans.getBean(Sealing.class);
        RecordWriter record = beans.getBean(RecordWriter.class);
        tables.imports().beginCommit(id);
        tables.entries().wantAll(id);
        Commit.Writer writer = new Commit.Writer(new Reference("Patient/" + of.patient()), SystemRequestDetails::new);
        Commit whole = commit(tables, new Commit.Writing(record, sealing, Clock.systemUTC()));
        assertThat(whole.step(of, writer)).isTrue();
        assertThat(whole.step(of, writer)).isTrue();
        int before = written(id.toString());
        assertThat(before).isPositive().isEqualTo(tables.entries().states(id).get("written"));
        InstantSource ended = () -> {
            throw new IllegalStateException("The process ends here");
        };
        Clock dead = ended.withZone(ZoneOffset.UTC);
        Commit broken = commit(tables, new Commit.Writing(record, sealing, dead));
        assertThatThrownBy(() -> broken.step(of, writer)).hasMessage("The process ends here");
        assertThat(written(id.toString()))
                .isEqualTo(before)
                .isEqualTo(tables.entries().states(id).get("written"));
    }

    private static Commit commit(Intake.Tables tables, Commit.Writing writing) {
        return new Commit(tables.imports(), tables.entries(), tables.stored(), writing, tables.transactions());
    }

    /** How many resources of an import are stored, but what the server says of it. */
    private int written(String id) {
        return jdbc.sql("""
                        select count(*) from fhir.hfj_resource r
                        join fhir.hfj_res_ver v on v.res_id = r.res_id and v.res_ver = r.res_ver
                        where r.res_deleted_at is null and v.source_uri = ?
                          and not (r.res_type = 'Provenance' and v.res_text_vc like '%urn:hash::sha256%')
                        """).param("urn:uuid:" + id).query(Integer.class).single();
    }

    private static byte[] member(String name) throws IOException {
        try (ZipFile zip = new ZipFile(POPULATION.toFile())) {
            return zip.getInputStream(zip.stream()
                            .filter(entry -> entry.getName().startsWith(name))
                            .findFirst()
                            .orElseThrow())
                    .readAllBytes();
        }
    }

    /** The rows of all typed tables but what is new with each write, counted by what they say. */
    private Map<String, String> rows(String patient) {
        Map<String, String> rows = new TreeMap<>();
        org.holovitals.mappings.Mappings.tables().stream()
                .filter(table -> !table.equals("patients"))
                .forEach(table -> jdbc.sql("""
                        select md5(r) || row_number() over (partition by r) as key, r from (
                          select regexp_replace((to_jsonb(t) - array['id', 'fhir_id', 'fhir_version', 'res_id', 'last_updated',
                            'created_at', 'encounter_reference', 'resource'])::text, '(Encounter|Observation|Claim|[A-Z][A-Za-z]+)/[0-9a-f-]{36}', '', 'g') as r
                          from holovitals.%s t join holovitals.patient_repositories p on p.id = t.repository_id
                          join holovitals.patients q on q.id = p.patient_id
                          where q.fhir_id = ? and to_jsonb(t) ->> 'code_system' is distinct from
                            'http://terminology.hl7.org/CodeSystem/v3-DataOperation') x
                        """.formatted(table)).param(patient).query(row -> {
                    rows.put(table + " " + row.getString(1), row.getString(2));
                }));
        return rows;
    }

    private int provenances(String patient) {
        return jdbc.sql("""
                        select count(distinct r.res_id) from fhir.hfj_resource r join fhir.hfj_res_link l on l.src_resource_id = r.res_id
                        join fhir.hfj_resource p on p.res_id = l.target_resource_id
                        where r.res_type = 'Provenance' and r.res_deleted_at is null and p.res_type = 'Patient' and p.fhir_id = ?
                        """).param(patient).query(Integer.class).single();
    }
}
