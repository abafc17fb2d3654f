package org.holovitals.keycloak.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

final class PatientChoiceTest {
    private static final String SCOPE =
            "launch/patient offline_access patient/Observation.rs patient/Condition.rs patient/Goal.rs";

    private final TestKeycloak keycloak = TestKeycloak.get();
    private final Api api = keycloak.api();

    @Test
    void whoHasTwoRecordsChoosesOne() {
        Browser browser = new Browser(keycloak).open(SCOPE).login(api.patient("first", "second"), Api.PASSWORD);

        assertThat(browser.page())
                .contains("Name of &lt;first&gt;", "Name of &lt;second&gt;", "1990-01-01")
                .contains("HoloVitals demonstration app");
        assertThat(browser.allow("second").tokens().path("patient").asText()).isEqualTo("second");
    }

    @Test
    void theRecordOfAnotherCannotBeChosen() {
        Browser browser = new Browser(keycloak).open(SCOPE).login(api.patient("first", "second"), Api.PASSWORD);

        browser.allow("stranger");

        assertThat(browser.page()).contains("Name of &lt;first&gt;").doesNotContain("stranger");
    }

    @Test
    void noChoiceIsNoAnswer() {
        Browser browser = new Browser(keycloak).open(SCOPE).login(api.patient("first", "second"), Api.PASSWORD);

        browser.allow("");

        assertThat(browser.page()).contains("Name of &lt;first&gt;");
    }

    @Test
    void whoHasNoRecordIsRefused() {
        Browser browser = new Browser(keycloak).open(SCOPE).login(api.patient(), Api.PASSWORD);

        assertThat(browser.callback())
                .containsEntry("error", "access_denied")
                .containsEntry("state", "state-of-the-app")
                .doesNotContainKey("code");
    }

    @Test
    void whoRefusesGivesNothing() {
        Browser browser = new Browser(keycloak).open(SCOPE).login(api.patient("first"), Api.PASSWORD);

        browser.submit(java.util.List.of(java.util.List.of("cancel", "true")));

        assertThat(browser.callback()).containsEntry("error", "access_denied").doesNotContainKey("code");
    }

    @Test
    void theUserTakesScopesAway() {
        Browser browser = new Browser(keycloak).open(SCOPE).login(api.patient("first"), Api.PASSWORD);

        assertThat(browser.offered())
                .containsExactlyInAnyOrder(
                        "offline_access", "patient/Observation.rs", "patient/Condition.rs", "patient/Goal.rs");
        JsonNode tokens =
                browser.allow("", "patient/Condition.rs", "offline_access").tokens();

        String[] left = {"launch/patient", "patient/Observation.rs", "patient/Goal.rs"};
        assertThat(tokens.path("scope").asText().split(" ", -1)).containsExactlyInAnyOrder(left);
        assertThat(api.refresh(tokens).path("scope").asText().split(" ", -1)).containsExactlyInAnyOrder(left);
    }

    @Test
    void aScopeThatWasNotAskedForCannotBeAdded() {
        Browser browser =
                new Browser(keycloak).open("launch/patient patient/Goal.rs").login(api.patient("first"), Api.PASSWORD);

        browser.submit(java.util.List.of(
                java.util.List.of("scope", "patient/Goal.rs"),
                java.util.List.of("scope", "patient/*.cruds"),
                java.util.List.of("accept", "true")));

        assertThat(browser.tokens().path("scope").asText().split(" ", -1))
                .containsExactlyInAnyOrder("launch/patient", "patient/Goal.rs");
    }
}
