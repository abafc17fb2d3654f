package org.holovitals.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.TestLog;
import org.holovitals.server.audit.AuditLogs;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Patients with accounts, officers, and what they ask the server for. */
abstract class LedgerFixture extends ServerTest {
    static final String OFFICERS_SCOPE = "user/AuditEvent.rs user/*.rs";

    final JdbcClient jdbc;
    final TestLog log;

    LedgerFixture(AuditLogs logs, JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.log = new TestLog(logs, jdbc);
    }

    /** A patient whose account has claimed the record. */
    record Person(String patient, String token, UUID user) {}

    Person patient(String scopes) {
        String patient =
                client().create().resource(new Patient()).execute().getId().getIdPart();
        String subject = UUID.randomUUID().toString();
        String token = token(subject, "patient", "Patient/" + patient, patient, scopes);
        assertThat(at(token, "/api/me").statusCode()).isEqualTo(200);
        return new Person(patient, token, userOf(subject));
    }

    Person patient() {
        return patient("patient/*.rs");
    }

    String officer() {
        return token(UUID.randomUUID().toString(), "compliance", "Practitioner/officer", null, OFFICERS_SCOPE);
    }

    static String token(
            String subject,
            String role,
            String fhirUser,
            @org.jspecify.annotations.Nullable String patient,
            String scopes) {
        return TestIssuer.token(claims -> claims.subject(subject)
                .claim("scope", scopes)
                .claim("sid", "session-" + subject)
                .claim("patient", patient)
                .claim("fhirUser", fhirUser)
                .claim("name", "Somebody " + role)
                .claim("realm_access", Map.of("roles", List.of(role))));
    }

    UUID userOf(String subject) {
        return jdbc.sql("select id from holovitals.users where subject = ?")
                .param(subject)
                .query(UUID.class)
                .single();
    }

    HttpResponse<String> at(String token, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base().replace("/fhir", "") + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return sendAs(token, request);
    }

    HttpResponse<String> post(String token, String path, String body) {
        return sendAs(
                token,
                HttpRequest.newBuilder(URI.create(base().replace("/fhir", "") + path))
                        .header("Content-Type", path.startsWith("/fhir") ? "application/fhir+json" : "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The ids of the AuditEvents that a search finds, in their order. */
    List<String> found(String token, String query) {
        HttpResponse<String> answer = at(token, "/fhir/AuditEvent?" + query);
        assertThat(answer.statusCode()).as(query + answer.body()).isEqualTo(200);
        return FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, answer.body()).getEntry().stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .toList();
    }

    JsonNode json(String token, String path) {
        HttpResponse<String> answer = at(token, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return parse(answer.body());
    }

    static JsonNode parse(String body) {
        try {
            return new JsonMapper().readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
