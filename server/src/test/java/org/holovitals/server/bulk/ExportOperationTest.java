package org.holovitals.server.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code $export}, as Bulk Data Access 2.0 has it. */
final class ExportOperationTest extends BulkFixture {
    private final JdbcClient jdbc;
    private final Path directory;

    @Autowired
    ExportOperationTest(JdbcClient jdbc, BulkSettings settings) {
        this.jdbc = jdbc;
        this.directory = settings.directory();
    }

    @Test
    void aPopulationIsTakenOutInFilesOfBoundedLength() throws Exception {
        patient(key + "-p");
        put("Organization", key + "-org", ",\"name\":\"General\"");
        String entries = IntStream.range(0, 230)
                .mapToObj(number -> """
                        {"resource":{"resourceType":"Observation","id":"%1$s-%2$d","status":"final","code":{"text":"x"},
                         "subject":{"reference":"Patient/%1$s-p"},"performer":[{"reference":"Organization/%1$s-org"}],
                         "valueQuantity":{"value":7.00}},
                         "request":{"method":"PUT","url":"Observation/%1$s-%2$d"}}""".formatted(key, number))
                .collect(Collectors.joining(","));
        HttpResponse<String> stored = post(
                "",
                "application/fhir+json",
                ("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + entries + "]}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);

        HttpResponse<String> started = kickOff(owner(), "/Patient/$export?_type=Patient,Observation");
        JsonNode manifest = manifest(owner(), started);

        assertThat(types(manifest.get("output"))).containsExactlyInAnyOrder("Patient", "Observation");
        List<JsonNode> files = new ArrayList<>();
        manifest.get("output").forEach(files::add);
        assertThat(files.stream().filter(file -> file.get("type").asText().equals("Observation")))
                .hasSizeGreaterThan(2)
                .allMatch(file -> file.get("count").asInt() <= 100);
        Map<String, JsonNode> own = own(owner(), manifest);
        assertThat(own).hasSize(231).containsKeys("Patient-p", "Observation-0", "Observation-229");
        JsonNode answered = json(get("/Observation/" + key + "-7").body());
        assertThat(without(one(own, "Observation-7"))).isEqualTo(without(answered));
        assertThat(manifest.get("request").asText()).isEqualTo(base() + "/Patient/$export?_type=Patient,Observation");
        assertThat(manifest.get("requiresAccessToken").asBoolean()).isTrue();
        assertThat(Instant.parse(manifest.get("transactionTime").asText())).isBefore(Instant.now());
        assertThat(manifest.get("deleted")).isEmpty();
        assertThat(manifest.get("error")).isEmpty();
        assertThat(ask(owner(), job(started)).headers().firstValue("Expires")).isPresent();

        URI file = URI.create(files.get(0).get("url").asText());
        assertThat(unpacked(file)).isEqualTo(ask(owner(), file).body());
        assertOnlyTheServerReads(id(job(started)), files.size());
    }

    private static JsonNode without(JsonNode resource) {
        ((ObjectNode) resource.get("meta")).remove("lastUpdated");
        return resource;
    }

    private String unpacked(URI file) throws IOException, InterruptedException {
        HttpResponse<byte[]> packed = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(file)
                                .header("Authorization", "Bearer " + owner())
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        return new String(
                new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes(), StandardCharsets.UTF_8);
    }

    private void assertOnlyTheServerReads(UUID job, int count) throws IOException {
        Path folder = directory.resolve(job.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        try (Stream<Path> made = Files.list(folder)) {
            assertThat(made).hasSize(count).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
    }

    /** Three members, of whom one has left, and somebody else. */
    private void group() {
        put("Practitioner", key + "-doctor", ",\"name\":[{\"family\":\"Who\"}]");
        for (String patient : List.of("-a", "-b", "-left", "-other")) {
            patient(key + patient);
            observation(
                    key + patient + "-o",
                    key + patient,
                    "1234-5",
                    ",\"performer\":[{\"reference\":\"Practitioner/" + key + "-doctor\"}]");
        }
        String members = Stream.of("-a", "-b", "-left")
                .map(member -> "{\"entity\":{\"reference\":\"Patient/" + key + member + "\"}"
                        + (member.equals("-left") ? ",\"inactive\":true}" : "}"))
                .collect(Collectors.joining(","));
        put("Group", key + "-g", ",\"type\":\"person\",\"actual\":true,\"member\":[" + members + "]");
    }

    @Test
    void theMembersOfAGroupAreTakenOutAndTheLogSaysWhoseRecordsWent() {
        group();
        String owner = owner();
        HttpResponse<String> started = kickOff(owner, "/Group/" + key + "-g/$export");
        JsonNode manifest = manifest(owner, started);

        assertThat(own(owner, manifest))
                .containsOnlyKeys(
                        "Patient-a",
                        "Patient-b",
                        "Observation-a-o",
                        "Observation-b-o",
                        "Practitioner-doctor",
                        "Group-g");
        String a = key + "-a";
        String b = key + "-b";
        assertThat(rows(started))
                .contains(
                        "$export Group [" + a + ", " + b + "] success false",
                        "export-run System [" + a + ", " + b + "] success false",
                        "$export-file Patient [" + a + ", " + b + "] success false",
                        "$export-file Observation [" + a + ", " + b + "] success false",
                        "$export-file Practitioner [] success false")
                .filteredOn(row -> row.startsWith("$export-file"))
                .hasSize(manifest.get("output").size());
        assertThat(rows(started))
                .filteredOn(row -> row.startsWith("$export-poll-status"))
                .isNotEmpty();

        JsonNode one = manifest(
                owner,
                kickOffByPost(
                        owner,
                        "/Group/" + key + "-g/$export",
                        "{\"name\":\"_type\",\"valueString\":\"Patient\"},"
                                + "{\"name\":\"patient\",\"valueReference\":{\"reference\":\"Patient/" + a + "\"}}"));
        assertThat(own(owner, one)).containsOnlyKeys("Patient-a");
        assertThat(own(owner, manifest(owner, kickOff(owner, "/Patient/" + a + "/$export?_type=Patient,Observation"))))
                .containsOnlyKeys("Patient-a", "Observation-a-o");
        assertThat(kickOff(owner, "/Group/" + key + "-g/$export?patient=Patient/" + key + "-other")
                        .statusCode())
                .isEqualTo(400);
    }

    private List<String> rows(HttpResponse<String> started) {
        return jdbc.sql("""
                        select action || ' ' || resource || ' [' || array_to_string(patients, ', ') || '] ' || outcome || ' '
                          || is_about_everyone
                        from holovitals.audit_logs where details ->> 'job' = ? order by id
                        """)
                .param(id(job(started)).toString())
                .query(String.class)
                .list();
    }

    /** Each in the row of the very file that her record is in. */
    @Test
    void theLogNamesEachOfAThousandPatients() {
        List<String> ids =
                IntStream.range(0, 1000).mapToObj(number -> key + "-" + number).toList();
        String entries = Stream.concat(
                        ids.stream().map(id -> entry("Patient", id, "")),
                        Stream.of(entry(
                                "Group",
                                key + "-g",
                                ids.stream()
                                        .map(id -> "{\"entity\":{\"reference\":\"Patient/" + id + "\"}}")
                                        .collect(Collectors.joining(
                                                ",", ",\"type\":\"person\",\"actual\":true,\"member\":[", "]")))))
                .collect(Collectors.joining(","));
        HttpResponse<String> stored = post(
                "",
                "application/fhir+json",
                ("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + entries + "]}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(stored.statusCode()).isEqualTo(200);

        String owner = owner();
        HttpResponse<String> started = kickOff(owner, "/Group/" + key + "-g/$export?_type=Patient");
        JsonNode manifest = manifest(owner, started);
        assertThat(manifest.get("output")).hasSize(10);
        assertThat(lines(owner, manifest.get("output"))).hasSize(1000);

        assertThat(patients(started, "export-run")).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(patients(started, "$export-file")).containsExactlyInAnyOrderElementsOf(ids);
    }

    private static String entry(String type, String id, String more) {
        return "{\"resource\":{\"resourceType\":\"" + type + "\",\"id\":\"" + id + "\"" + more
                + "},\"request\":{\"method\":\"PUT\",\"url\":\"" + type + "/" + id + "\"}}";
    }

    private List<String> patients(HttpResponse<String> started, String action) {
        return jdbc.sql("""
                        select unnest(patients) from holovitals.audit_logs where details ->> 'job' = ? and action = ?
                        """)
                .param(id(job(started)).toString())
                .param(action)
                .query(String.class)
                .list();
    }

    @Test
    void whatWasDeletedSinceIsToldInBundles() {
        group();
        String since = Instant.now().toString();
        delete("/Observation/" + key + "-a-o");
        delete("/Observation/" + key + "-other-o");
        observation(key + "-new", key + "-b", "1234-5", "");
        String owner = owner();
        JsonNode manifest = manifest(owner, kickOff(owner, "/Group/" + key + "-g/$export?_since=" + since));
        assertThat(own(owner, manifest)).containsOnlyKeys("Observation-new");
        JsonNode bundle = lines(owner, manifest.get("deleted")).get(0);
        assertThat(bundle.get("type").asText()).isEqualTo("transaction");
        assertThat(bundle.at("/entry").findValuesAsText("url")).containsExactly("Observation/" + key + "-a-o");
        assertThat(bundle.at("/entry/0/request/method").asText()).isEqualTo("DELETE");

        JsonNode all = manifest(owner, kickOff(owner, "/$export?_type=Observation&_since=" + since));
        assertThat(lines(owner, all.get("deleted")).stream()
                        .flatMap(each -> each.at("/entry").findValuesAsText("url").stream()))
                .contains("Observation/" + key + "-a-o", "Observation/" + key + "-other-o");
        JsonNode before = manifest(owner, kickOff(owner, "/$export?_type=Observation&_until=" + since));
        assertThat(own(owner, before)).doesNotContainKey("Observation-new").containsKey("Observation-b-o");
    }

    @Test
    void filtersOfATypeAreAlternativesAndElementsAreCut() {
        patient(key + "-p");
        for (String code : List.of("1111-1", "2222-2", "3333-3")) {
            observation(key + "-" + code, key + "-p", code, ",\"note\":[{\"text\":\"long\"}]");
        }
        String path = "/Patient/$export?_type=Patient,Observation&patient=Patient/" + key + "-p"
                + "&_typeFilter=Observation%3Fcode%3Dhttp://loinc.org%257C1111-1"
                + "&_typeFilter=Observation%3Fcode%3D2222-2%26status%3Dfinal&_elements=Patient.birthDate,code";
        Map<String, JsonNode> own = own(owner(), manifest(owner(), kickOff(owner(), path)));
        assertThat(own).containsOnlyKeys("Patient-p", "Observation-1111-1", "Observation-2222-2");
        assertThat(names(one(own, "Patient-p"))).containsExactlyInAnyOrder("resourceType", "id", "meta", "birthDate");
        assertThat(names(one(own, "Observation-1111-1")))
                .containsExactlyInAnyOrder("resourceType", "id", "meta", "status", "code");
        assertThat(one(own, "Patient-p").at("/meta/tag/0/code").asText()).isEqualTo("SUBSETTED");
    }

    private static JsonNode one(Map<String, JsonNode> own, String name) {
        return Objects.requireNonNull(own.get(name), name);
    }

    private static Set<String> names(JsonNode resource) {
        return resource.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    @Test
    void whatCannotBeDoneIsRefusedOrToldInTheManifest() {
        patient(key + "-p");
        String patient = "/Patient/" + key + "-p/$export?_type=Patient";
        Map<String, String> refused = Map.ofEntries(
                Map.entry("/$export?_type=Patients", "no resource type"),
                Map.entry("/$export?_type=AuditEvent", "AuditEvents are not exported"),
                Map.entry("/$export?_since=yesterday", "_since takes an instant"),
                Map.entry("/$export?_outputFormat=text/csv", "_outputFormat may be"),
                Map.entry("/$export?includeAssociatedData=LatestProvenanceResources", "includeAssociatedData"),
                Map.entry("/$export?patient=Patient/1", "patient is not supported"),
                Map.entry("/$export?_elements=Patient.shoeSize", "_elements names Patient.shoeSize"),
                Map.entry("/$export?_typeFilter=Patient%3F_count%3D1", "_count in one of Patient"),
                Map.entry("/$export?_typeFilter=Patient%3Fshoes%3D1", "cannot be carried out"),
                Map.entry("/$export?_typeFilter=Shoe%3Fsize%3D1", "is a search such as"),
                Map.entry("/$export?_type=Patient&_typeFilter=Observation%3Fcode%3D1", "not exported"),
                Map.entry("/Patient/$export?patient=Patient/none-" + key, "no Patient with the id"),
                Map.entry(patient + "&_since=2026-01-01T00:00:00Z&_since=2026-01-02T00:00:00Z", "once only"));
        refused.forEach((path, text) -> {
            HttpResponse<String> answer = kickOff(owner(), path);
            assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(400);
            assertThat(answer.body()).as(path).contains("OperationOutcome", text);
        });
        assertThat(kickOff(owner(), patient, "Prefer", "return=minimal").statusCode())
                .isEqualTo(400);
        for (String unknown : List.of("/Group/none/$export", "/Patient/none/$export")) {
            assertThat(kickOff(owner(), unknown).statusCode()).as(unknown).isEqualTo(404);
        }
        for (String format :
                List.of("ndjson", "application/ndjson", "application/fhir%2Bndjson", "application/fhir+ndjson")) {
            assertThat(kickOff(owner(), patient + "&_outputFormat=" + format).statusCode())
                    .as(format)
                    .isEqualTo(202);
        }
        JsonNode lenient = manifest(
                owner(),
                kickOff(
                        owner(),
                        patient + "&includeAssociatedData=x&_typeFilter=Patient%3F_count%3D1",
                        "Prefer",
                        "respond-async, handling=lenient"));
        assertThat(own(owner(), lenient)).containsOnlyKeys("Patient-p");
        assertThat(lines(owner(), lenient.get("error")))
                .hasSize(2)
                .allMatch(line -> line.at("/issue/0/severity").asText().equals("warning"));
    }

    @Test
    void withoutTypesAServiceTakesOutWhatItsScopesHold() {
        patient(key + "-p");
        observation(key + "-o", key + "-p", "1234-5", "");
        String narrow = service(key, "system/Patient.rs system/Observation.rs?category=laboratory user/Condition.rs");
        JsonNode manifest = manifest(narrow, kickOff(narrow, "/$export"));
        assertThat(types(manifest.get("output"))).containsExactly("Patient");
        assertThat(kickOff(narrow, "/$export?_type=Observation").statusCode()).isEqualTo(403);
        assertThat(kickOff(narrow, "/$export?_type=Condition").statusCode()).isEqualTo(403);
        String less = service(key, "system/Observation.rs");
        assertThat(kickOff(service(key, "system/Patient.r"), "/$export").statusCode())
                .isEqualTo(403);
        for (JsonNode file : manifest.get("output")) {
            assertThat(ask(less, URI.create(file.get("url").asText())).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void inABundleNothingIsStarted() {
        String batch = "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":["
                + "{\"request\":{\"method\":\"GET\",\"url\":\"Patient/$export\"}}]}";
        HttpResponse<String> answer =
                post("", "application/fhir+json", batch.getBytes(StandardCharsets.UTF_8), "Prefer", "respond-async");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer.body()).at("/entry/0/response/status").asText()).startsWith("400");
    }
}
