package org.holovitals.server.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What is told stays until it is read. */
final class ReadNotificationsTest extends ConsentTest {
    @Test
    void notificationsAreReadOnceAndByWhomTheyAreFor() {
        User patient = patient();
        ask(clinician(), patient);
        ask(clinician(), patient);
        List<String> two = unread(patient);
        assertThat(two).hasSize(2);
        String first = two.get(0);

        assertThat(post(patient(), "/api/notifications/" + first + "/read", "").status())
                .isEqualTo(404);
        assertThat(post(patient, "/api/notifications/" + first + "/read", "").status())
                .isEqualTo(204);
        assertThat(post(patient, "/api/notifications/" + first + "/read", "").status())
                .isEqualTo(204);
        assertThat(unread(patient)).containsExactly(two.get(1));
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
                .isPositive();
        assertThat(unread(patient)).isEmpty();
    }

    /** What asks the patient for an answer; that somebody new looked is told seconds later. */
    private List<String> unread(User patient) {
        JsonNode items = get(patient, "/api/notifications?unread=true").body().path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("requiresAction").asBoolean())
                .map(item -> item.path("id").asText())
                .toList();
    }
}
