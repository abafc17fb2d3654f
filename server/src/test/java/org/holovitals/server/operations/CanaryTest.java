package org.holovitals.server.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A name and a note that nobody else has are sent in every way, and then looked for where health information must not be. */
@ExtendWith(OutputCaptureExtension.class)
final class CanaryTest extends ServerTest {
    private static final String JSON = "application/fhir+json";

    /** The record itself and the index by which it is found. */
    private static final Set<String> RECORD =
            Set.of("fhir.hfj_res_ver", "fhir.hfj_spidx_string", "holovitals.patients", "holovitals.patient_diagnoses");

    private final String canary =
            "Canary" + UUID.randomUUID().toString().replace("-", "").toLowerCase(Locale.ROOT);
    private final JdbcClient owner;

    CanaryTest(@Autowired Login login) {
        this.owner = asOwner(login);
    }

    @Test
    void whatARecordHoldsStandsInTheRecordOnly(CapturedOutput output) {
        String patient = created("Patient", patient());
        created("Condition", condition(patient));
        List<String> answers = sendInEveryWay(patient);
        assertThat(answers).as("errors").noneMatch(answer -> answer.contains(canary));
        assertThat(output.getAll()).as("log").doesNotContain(canary);
        assertThat(metrics()).as("metrics").contains("fhir_server_requests").doesNotContain(canary);
        assertThat(tables()).as("tables").isEqualTo(new TreeSet<>(RECORD));
        assertThat(statistics()).as("statistics").isZero();
    }

    /** The bodies of what was refused. */
    private List<String> sendInEveryWay(String patient) {
        String conditional = "Patient?family=" + canary;
        List<HttpResponse<String>> answers = List.of(
                get("/" + conditional),
                get("/Condition?patient.family=" + canary),
                get("/Patient?nope=" + canary),
                get("/Patient/" + patient + "/$everything"),
                sendAs(
                        TestIssuer.patient(patient, "patient/*.cruds"),
                        HttpRequest.newBuilder(URI.create(base() + "/" + conditional))),
                sendAs(
                        TestIssuer.user("clinician", "user/*.cruds"),
                        HttpRequest.newBuilder(URI.create(base() + "/" + conditional))),
                send("POST", "/Patient/_search", "application/x-www-form-urlencoded", "family=" + canary),
                post("/Patient", JSON, bytes(patient()), "If-None-Exist", "family=" + canary),
                post("/Patient", JSON, bytes(patient()), "If-None-Exist", "nope=" + canary),
                post("/Patient", JSON, bytes(patient().replace("\"Patient\"", "\"Nobody\""))),
                post("/Condition", JSON, bytes(condition("nobody"))),
                post("/Condition/$validate", JSON, bytes(condition(patient).replace("Condition", "Cond"))),
                post("", JSON, bytes(bundle("transaction", patient, "nobody"))),
                post("", JSON, bytes(bundle("batch", patient, "nobody"))),
                send(
                        "PATCH",
                        "/Patient/" + patient,
                        "application/json-patch+json",
                        "[{\"op\":\"test\",\"path\":\"/name/0/family\",\"value\":\"x" + canary + "\"}]"));
        return answers.stream()
                .filter(answer -> answer.statusCode() >= 400)
                .map(HttpResponse::body)
                .toList();
    }

    private HttpResponse<String> send(String method, String path, String type, String body) {
        return send(HttpRequest.newBuilder(URI.create(base() + path))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private String created(String type, String body) {
        HttpResponse<String> answer = post("/" + type, JSON, bytes(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceFirst(".*/" + type + "/", "")
                .replaceFirst("/.*", "");
    }

    private String patient() {
        return "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + canary + "\"}]}";
    }

    private String condition(String patient) {
        return "{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"Patient/" + patient
                + "\"},\"code\":{\"text\":\"" + canary + "\"},\"note\":[{\"text\":\"" + canary + "\"}]}";
    }

    private String bundle(String type, String... patients) {
        StringBuilder entries = new StringBuilder();
        for (String patient : patients) {
            entries.append(entries.isEmpty() ? "" : ",")
                    .append("{\"resource\":")
                    .append(condition(patient))
                    .append(",\"request\":{\"method\":\"POST\",\"url\":\"Condition\",\"ifNoneExist\":\"code=")
                    .append(canary)
                    .append("\"}}");
        }
        return "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + entries + "]}";
    }

    private String metrics() {
        return send(HttpRequest.newBuilder(URI.create(base().replaceFirst("/fhir$", "/actuator/prometheus"))))
                .body();
    }

    /** The tables in which a row holds the canary as text, in whichever case, or as bytes. */
    private Set<String> tables() {
        Set<String> found = new TreeSet<>();
        owner.sql("""
                        select schemaname || '.' || tablename from pg_tables
                        where schemaname in ('fhir', 'holovitals') order by 1
                        """).query(String.class).list().stream()
                .filter(this::holdsCanary)
                .forEach(table -> found.add(table.toLowerCase(Locale.ROOT)));
        return found;
    }

    private boolean holdsCanary(String table) {
        String name = table.replaceFirst("\\.(.*)", ".\"$1\"");
        return owner.sql("select exists (select from " + name + " t where t::text ilike ? or t::text ilike ?)")
                .param("%" + canary + "%")
                .param("%" + HexFormat.of().formatHex(bytes(canary)) + "%")
                .query(Boolean.class)
                .single();
    }

    /** Statements that PostgreSQL shows to whoever watches it, but for this one. */
    private long statistics() {
        return owner.sql("select count(*) from pg_stat_activity where pid <> pg_backend_pid() and query ilike ?")
                .param("%" + canary + "%")
                .query(Long.class)
                .single();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
