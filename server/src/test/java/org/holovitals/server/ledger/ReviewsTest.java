package org.holovitals.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditLogs;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a compliance officer reviews and counts. */
final class ReviewsTest extends LedgerFixture {
    private static final String PATH = "/api/audit/reviews";

    private final String key = UUID.randomUUID().toString();

    @Autowired
    ReviewsTest(AuditLogs logs, JdbcClient jdbc) {
        super(logs, jdbc);
    }

    @Test
    void anAccessIsOpenUntilItIsReviewedAndTheLastReviewCounts() {
        UUID doctor = log.user("clinician", "Dr. Q", "Practitioner/" + key);
        UUID grant = log.grant("break-glass", "p-" + key, doctor, "unconscious");
        UUID row = log.row(made -> made.by(doctor)
                .does("break-glass")
                .on("consent_grants", grant.toString())
                .about("p-" + key)
                .under(grant)
                .toReview());
        String officer = officer();

        JsonNode open = item(officer, "open", row);
        assertThat(open.at("/who/name").asText()).isEqualTo("Dr. Q");
        assertThat(open.at("/consents/0/reason").asText()).isEqualTo("unconscious");
        assertThat(open.at("/patients/0").asText()).isEqualTo("p-" + key);
        assertThat(open.at("/review").isNull()).isTrue();

        assertThat(review(officer, row, "unclear", "asked the ward").statusCode())
                .isEqualTo(201);
        assertThat(review(officer(), row, "inappropriate", "no such patient there")
                        .statusCode())
                .isEqualTo(201);
        assertThat(item(officer, "open", row).isMissingNode()).isTrue();
        JsonNode done = item(officer, "done", row);
        assertThat(done.at("/review/finding").asText()).isEqualTo("inappropriate");
        assertThat(done.at("/review/by").asText()).isEqualTo("Somebody compliance");
        assertThat(jdbc.sql("select finding from holovitals.audit_reviews where audit_log_id = ? order by reviewed_at")
                        .param(row)
                        .query(String.class)
                        .list())
                .containsExactly("unclear", "inappropriate");
    }

    @Test
    void nobodyReviewsHimselfNorWhatNeedsNoReview() {
        String subject = UUID.randomUUID().toString();
        String officer = token(subject, "compliance", "Practitioner/officer", null, OFFICERS_SCOPE);
        assertThat(at(officer, "/api/me").statusCode()).isEqualTo(200);
        UUID own = log.row(row -> row.by(userOf(subject)).about("p-" + key).toReview());
        UUID everyday = log.row(row -> row.about("p-" + key));

        assertThat(review(officer, own, "appropriate", "").statusCode()).isEqualTo(403);
        assertThat(review(officer(), own, "appropriate", "").statusCode()).isEqualTo(201);
        assertThat(review(officer, everyday, "appropriate", "").statusCode()).isEqualTo(409);
        assertThat(review(officer, UUID.randomUUID(), "appropriate", "").statusCode())
                .isEqualTo(404);
        assertThat(review(officer, own, "fine", "").statusCode()).isEqualTo(400);
        assertThat(at(officer, PATH + "?state=all").statusCode()).isEqualTo(400);
    }

    @Test
    void theQueueIsPaged() {
        for (int i = 0; i < 3; i++) {
            log.row(row -> row.about("paged-" + key).toReview());
        }
        String officer = officer();
        List<String> found = new ArrayList<>();
        String path = PATH + "?count=1";
        for (int i = 0; i < 3; i++) {
            JsonNode page = json(officer, path);
            found.addAll(page.at("/items").findValuesAsText("auditLogId"));
            path = page.at("/next").asText();
        }
        assertThat(found).hasSize(3).doesNotHaveDuplicates();
        assertThat(at(officer(), path).statusCode())
                .as("another officer's link")
                .isEqualTo(404);
    }

    @Test
    void theReportCountsBySeverityActionPersonAndDay() {
        UUID doctor = log.user("clinician", "Dr. R", "Practitioner/r-" + key);
        Instant when = Instant.parse("2027-06-07T10:00:00Z");
        String action = "act-" + key;
        log.row(row -> row.at(when).by(doctor).does(action).about("p"));
        log.row(row -> row.at(when).by(doctor).does(action).ends(Outcome.REFUSED));
        log.row(row ->
                row.at(when.plusSeconds(86_400)).client("c-" + key).does(action).toReview());
        String range = "&from=2027-06-07&to=2027-06-08";

        assertThat(row("action" + range, action)).isEqualTo(counts(action, action, 3, 1, 1, 1, 1));
        assertThat(row("person" + range, "user:" + doctor)).isEqualTo(counts("user:" + doctor, "Dr. R", 2, 1, 0, 0, 1));
        assertThat(row("person" + range, "client:c-" + key))
                .isEqualTo(counts("client:c-" + key, "c-" + key, 1, 0, 1, 1, 0));
        assertThat(row("day" + range, "2027-06-08").at("/entries").asInt()).isPositive();
        assertThat(row("severity" + range, "high").at("/severe").asInt()).isPositive();
        assertThat(at(officer(), "/api/audit/report?by=person&format=csv" + range)
                        .body())
                .startsWith("key,name,entries,refused,failed,severe,toReview,patients\r\n")
                .contains("user:" + doctor + ",Dr. R,2,1,0,0,0,1\r\n");
        assertThat(at(officer(), "/api/audit/report?by=shoe").statusCode()).isEqualTo(400);
    }

    private static JsonNode counts(
            String id, String name, int entries, int refused, int severe, int toReview, int patients) {
        return parse("""
                {"key":"%s","name":"%s","entries":%d,"refused":%d,"failed":0,"severe":%d,"toReview":%d,"patients":%d}
                """.formatted(id, name, entries, refused, severe, toReview, patients));
    }

    private JsonNode row(String by, String id) {
        for (JsonNode row : json(officer(), "/api/audit/report?by=" + by).at("/rows")) {
            if (row.at("/key").asText().equals(id)) {
                return row;
            }
        }
        throw new AssertionError(id + " is not in the report by " + by);
    }

    private JsonNode item(String officer, String state, UUID row) {
        for (JsonNode item : json(officer, PATH + "?count=200&state=" + state).at("/items")) {
            if (item.at("/auditLogId").asText().equals(row.toString())) {
                return item;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private HttpResponse<String> review(String officer, UUID row, String finding, String notes) {
        return post(officer, PATH + "/" + row, "{\"finding\":\"" + finding + "\",\"notes\":\"" + notes + "\"}");
    }
}
