package org.holovitals.server.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** What is told stays until it is read. */
final class ReadNotificationsTest extends ConsentTest {
    @Test
    void notificationsAreReadOnceAndByWhomTheyAreFor() {
        User patient = patient();
        ask(clinician(), patient);
        ask(clinician(), patient);
        JsonNode two = get(patient, "/api/notifications?unread=true").body();
        assertThat(two.path("unread").asInt()).isEqualTo(2);
        assertThat(two.path("items").findValuesAsText("requiresAction")).containsExactly("true", "true");
        String first = two.path("items").path(0).path("id").asText();

        assertThat(post(patient(), "/api/notifications/" + first + "/read", "").status())
                .isEqualTo(404);
        assertThat(post(patient, "/api/notifications/" + first + "/read", "").status())
                .isEqualTo(204);
        assertThat(post(patient, "/api/notifications/" + first + "/read", "").status())
                .isEqualTo(204);
        assertThat(get(patient, "/api/notifications?unread=true")
                        .body()
                        .path("items")
                        .findValuesAsText("id"))
                .hasSize(1)
                .doesNotContain(first);
        JsonNode page = get(patient, "/api/notifications?count=1").body();
        assertThat(get(
                                patient,
                                "/api/notifications?count=1&after="
                                        + page.path("next").asText())
                        .body()
                        .path("items")
                        .findValuesAsText("id"))
                .hasSize(1)
                .isNotEqualTo(page.path("items").findValuesAsText("id"));
        assertThat(post(patient, "/api/notifications/read-all", "")
                        .body()
                        .path("read")
                        .asInt())
                .isEqualTo(1);
        assertThat(get(patient, "/api/notifications").body().path("unread").asInt())
                .isZero();
    }
}
