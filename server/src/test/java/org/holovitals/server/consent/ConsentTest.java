package org.holovitals.server.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Patients, clinicians and what they send. */
abstract class ConsentTest extends ServerTest {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A user of this server.
     *
     * @param record FHIR id of the own record; empty for none
     */
    record User(String subject, String role, String record) {
        String email() {
            return subject + "@example.org";
        }

        String token() {
            return tokenWith("test-client");
        }

        String tokenWith(String client) {
            return TestIssuer.token(claims -> {
                claims.subject(subject)
                        .claim("azp", client)
                        .claim("sid", "session-" + subject)
                        .claim("email", email())
                        .claim("email_verified", true)
                        .claim("scope", "user/*.cruds")
                        .claim("realm_access", Map.of("roles", List.of(role)));
                if (!record.isEmpty()) {
                    claims.claim("fhirUser", "Patient/" + record);
                }
            });
        }
    }

    /** An answer of a route. */
    record Answer(int status, JsonNode body) {
        String text(String field) {
            return body.path(field).asText();
        }

        UUID id() {
            return UUID.fromString(text("id"));
        }
    }

    /** Somebody with a record of the own, who has called once. */
    User patient() {
        return user("patient", record());
    }

    /** The row of users. */
    static UUID row(JdbcClient jdbc, User user) {
        return jdbc.sql("select id from holovitals.users where subject = ?")
                .param(user.subject())
                .query(UUID.class)
                .single();
    }

    User clinician() {
        return user("clinician", "");
    }

    User user(String role, String record) {
        User user = new User(UUID.randomUUID().toString(), role, record);
        assertThat(get(user, "/api/me").status()).isEqualTo(200);
        return user;
    }

    /** A record that nobody has claimed. */
    String record() {
        Patient patient = new Patient().setBirthDateElement(new DateType("1990-01-31"));
        patient.addIdentifier().setSystem("urn:mrn").setValue(UUID.randomUUID().toString());
        return client().create().resource(patient).execute().getId().getIdPart();
    }

    /** A request for test results for four hours. */
    Answer ask(User clinician, User patient) {
        return post(clinician, "/api/consents", request(patient.record()));
    }

    static String request(String record) {
        return """
                {"patient": {"id": "%s"}, "reason": "Second opinion", "hours": 4, "urgency": "urgent",
                 "permissions": [{"resource": "test_results", "action": "read"},
                                 {"resource": "test_results", "action": "correct"}]}
                """.formatted(record);
    }

    /** Test results for four hours. */
    Answer granted(User clinician, User patient) {
        Answer asked = ask(clinician, patient);
        return post(patient, "/api/consents/" + asked.id() + "/approve", "{}");
    }

    Answer get(User user, String path) {
        return answer(sendAs(user.token(), HttpRequest.newBuilder(at(path))));
    }

    Answer post(User user, String path, String body) {
        return answer(sendAs(
                user.token(),
                HttpRequest.newBuilder(at(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    Answer delete(User user, String path) {
        return answer(sendAs(user.token(), HttpRequest.newBuilder(at(path)).DELETE()));
    }

    URI at(String path) {
        return URI.create(base().replace("/fhir", path));
    }

    static Answer answer(HttpResponse<String> response) {
        try {
            String body = response.body();
            return new Answer(response.statusCode(), JSON.readTree(body.isEmpty() ? "{}" : body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(response.body(), e);
        }
    }

    /** The types of what a user was told about a grant, the oldest first. */
    List<String> told(User user, UUID grant) {
        JsonNode items = get(user, "/api/notifications?count=100").body().path("items");
        List<String> types = new ArrayList<>(StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("link").asText().equals("/consents/" + grant))
                .map(item -> item.path("type").asText())
                .toList());
        Collections.reverse(types);
        return types;
    }
}
