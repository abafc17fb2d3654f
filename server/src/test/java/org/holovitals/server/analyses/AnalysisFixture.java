package org.holovitals.server.analyses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A patient with a small record, and somebody who asks about it. */
abstract class AnalysisFixture extends ServerTest {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String QUESTION = "Why did my ferritin change?";

    final String patient = "q" + UUID.randomUUID().toString().substring(0, 12);
    final String subject = "asks-" + patient;
    final JdbcClient jdbc;

    AnalysisFixture(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    final String own() {
        return TestIssuer.token(claims -> claims.subject(subject)
                .claim("sid", "session-" + patient)
                .claim("scope", "patient/*.rs")
                .claim("patient", patient)
                .claim("fhirUser", "Patient/" + patient)
                .claim("realm_access", Map.of("roles", List.of("patient"))));
    }

    final String clinician() {
        return TestIssuer.token(claims -> claims.subject(subject)
                .claim("sid", "session-" + patient)
                .claim("scope", "user/*.rs")
                .claim("fhirUser", "Practitioner/" + subject)
                .claim("realm_access", Map.of("roles", List.of("clinician"))));
    }

    final void record() {
        put("Patient", patient, ",\"birthDate\":\"1970-01-01\"");
        for (int year = 2019; year < 2023; year++) {
            put(
                    "Observation",
                    patient + "-" + year,
                    ",\"status\":\"final\",\"code\":{\"text\":\"Ferritin\"},\"effectiveDateTime\":\"" + year
                            + "-04-01\",\"valueQuantity\":{\"value\":" + (year - 1950) + ",\"unit\":\"ng/mL\"}"
                            + subject());
        }
        put("Condition", patient + "-asthma", ",\"code\":{\"text\":\"Asthma\"},\"onsetDateTime\":\"2001\"" + subject());
    }

    private String subject() {
        return ",\"subject\":{\"reference\":\"Patient/" + patient + "\"}";
    }

    private void put(String type, String id, String content) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(base() + "/" + type + "/" + id))
                .header("Content-Type", "application/fhir+json")
                .PUT(HttpRequest.BodyPublishers.ofString(
                        "{\"resourceType\":\"" + type + "\",\"id\":\"" + id + "\"" + content + "}")));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    /** What other tests have left in the queue is nobody's here. */
    final void emptyQueue() {
        jdbc.sql("""
                        update holovitals.analysis_queue set status = 'failed', lease_owner = null, lease_until = null
                        where status in ('queued', 'processing')
                        """).update();
    }

    final HttpResponse<String> ask(String token, String path) {
        return sendAs(token, HttpRequest.newBuilder(uri(path)));
    }

    final HttpResponse<String> send(String token, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return sendAs(token, request);
    }

    private URI uri(String path) {
        return URI.create(base().replace("/fhir", path));
    }

    /** Asks how the ferritin changed. */
    final UUID submit(String token, String key) {
        HttpResponse<String> answer = send(token, "/api/analyses", question("ferritin"), "Idempotency-Key", key);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        return UUID.fromString(json(answer).get("id").asText());
    }

    final String question(String about) {
        return "{\"type\":\"trend_analysis\",\"priority\":\"high\",\"question\":\"How did my " + about
                + " change?\",\"patient\":\"" + patient + "\"}";
    }

    final String status(UUID task) {
        return jdbc.sql("select status from holovitals.analysis_queue where id = ?")
                .param(task)
                .query(String.class)
                .single();
    }

    final long count(String table, UUID task) {
        return jdbc.sql("select count(*) from holovitals." + table + " where task_id = ?")
                .param(task)
                .query(Long.class)
                .single();
    }

    /** How often the end of a task was told of, and what is still kept of spending for it. */
    final void assertEndedOnce(UUID task) {
        assertThat(jdbc.sql("select count(*) from holovitals.notifications where notification_key = ?")
                        .param("analysis:" + task)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(jdbc.sql("""
                                select r.settled_at is not null from holovitals.analysis_queue q
                                join holovitals.cost_reservations r on r.id = q.reservation_id where q.id = ?
                                """).param(task).query(Boolean.class).single()).isTrue();
    }

    /** A question and where its answer can be escalated. */
    record Asked(String conversation, String escalation) {}

    final Asked asked(String token, String question) {
        String conversation = json(send(token, "/api/conversations", "{\"patient\":\"" + patient + "\"}"))
                .get("id")
                .asText();
        JsonNode answer = json(send(
                        token, "/api/conversations/" + conversation + "/messages", "{\"text\":\"" + question + "\"}"))
                .get("answer");
        return new Asked(
                conversation,
                "/api/conversations/" + conversation + "/messages/"
                        + answer.get("id").asText() + "/escalation");
    }

    final UUID escalated(String token, Asked asked) {
        HttpResponse<String> accepted = send(token, asked.escalation(), "{\"acceptedCost\":1}");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(201);
        return UUID.fromString(json(accepted).at("/analysis/id").asText());
    }

    /** How often the end of a task was told of in a conversation. */
    final long delivered(UUID task) {
        return jdbc.sql("select count(*) from holovitals.chat_messages where delivered_task_id = ?")
                .param(task)
                .query(Long.class)
                .single();
    }

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
