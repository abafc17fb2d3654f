package org.holovitals.keycloak.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.holovitals.keycloak.admin.AdminUnreachable;
import org.holovitals.keycloak.admin.RealmAdmin;
import org.holovitals.keycloak.realm.RealmMigrations;
import org.junit.jupiter.api.Test;

/** A realm as an earlier release left it, in the real Keycloak. */
final class RealmMigrationsTest {
    private static final String SCOPE = "patient/Goal.rs";
    private static final String SYSTEM_SCOPE = "system/Goal.rs";
    private static final String NUMBER = "holovitals.migration";

    private final TestKeycloak keycloak = TestKeycloak.get();
    private final RealmAdmin all = keycloak.server().administration();

    /** What an operator gives the server for a Keycloak that it did not start. */
    private final RealmAdmin account = RealmAdmin.of(
            keycloak.server().issuer(), "holovitals-server", keycloak.server().serverSecret());

    @Test
    void anOldRealmIsBroughtUpAndASecondRunChangesNothing() {
        String state = state();
        age();
        assertThat(state()).isNotEqualTo(state);

        assertThat(RealmMigrations.run(all))
                .containsExactly(
                        "events are stored",
                        "the server's account may read events and look after users and clients",
                        "the client scopes of the catalogue");
        assertThat(state()).isEqualTo(state);
        assertThat(new Browser(keycloak)
                        .open("launch/patient " + SCOPE)
                        .login(keycloak.api().patient("first"), Api.PASSWORD)
                        .allow("")
                        .tokens()
                        .path("scope")
                        .asText())
                .contains(SCOPE);

        assertThat(RealmMigrations.run(all)).isEmpty();
        assertThat(RealmMigrations.run(account)).isEmpty();
        assertThat(state()).isEqualTo(state);
    }

    @Test
    void theServersAccountSuffices() {
        String state = state();
        removeScopes();
        switchEventsOff();
        setNumber("0");

        assertThat(RealmMigrations.run(account))
                .containsExactly("events are stored", "the client scopes of the catalogue");

        assertThat(state()).isEqualTo(state);
    }

    @Test
    void twoServersMayStartAtOnce() {
        String state = state();
        age();

        CompletableFuture<List<String>> other = CompletableFuture.supplyAsync(() -> RealmMigrations.run(all));
        RealmMigrations.run(keycloak.server().administration());
        other.join();

        assertThat(state()).isEqualTo(state);
        assertThat(RealmMigrations.run(all)).isEmpty();
    }

    @Test
    void aStepIsNotAppliedASecondTime() {
        switchEventsOff();

        assertThat(RealmMigrations.run(all))
                .as("an administrator's own choice stays")
                .isEmpty();

        setNumber("0");
        assertThat(RealmMigrations.run(all)).containsExactly("events are stored");
    }

    @Test
    void anAccountWithoutTheRightsIsToldWhichItNeeds() {
        RealmAdmin unknown = RealmAdmin.of(keycloak.server().issuer(), "holovitals-server", "another secret");

        assertThatThrownBy(() -> RealmMigrations.run(unknown))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("manage-clients");
    }

    @Test
    void aKeycloakThatDoesNotAnswerIsNamed() {
        RealmAdmin nobody = RealmAdmin.of("http://127.0.0.1:9/realms/holovitals", "holovitals-server", "secret");

        assertThatThrownBy(() -> RealmMigrations.run(nobody))
                .isInstanceOf(AdminUnreachable.class)
                .hasMessageContaining("127.0.0.1:9");
    }

    private void age() {
        removeScopes();
        switchEventsOff();
        removeRole();
        setNumber("0");
    }

    private void removeScopes() {
        all.get("/client-scopes").forEach(scope -> {
            if (List.of(SCOPE, SYSTEM_SCOPE, "online_access")
                    .contains(scope.path("name").asText())) {
                all.delete("/client-scopes/" + scope.path("id").asText());
            }
        });
    }

    private void switchEventsOff() {
        all.put("/events/config", Map.of("eventsEnabled", false, "enabledEventTypes", List.of("LOGIN")));
    }

    private void removeRole() {
        String mappings = mappings();
        all.get(mappings).forEach(role -> {
            if (role.path("name").asText().equals("view-events")) {
                assertThat(keycloak.api()
                                .admin("DELETE", mappings, "[" + role + "]")
                                .statusCode())
                        .isEqualTo(204);
            }
        });
    }

    private void setNumber(String number) {
        JsonNode realm = all.get("");
        ((ObjectNode) realm).withObject("/attributes").put(NUMBER, number);
        all.put("", realm);
    }

    private String mappings() {
        return "/users/"
                + all.get("/clients/" + id("holovitals-server") + "/service-account-user")
                        .path("id")
                        .asText() + "/role-mappings/clients/" + id("realm-management");
    }

    private String id(String client) {
        return all.get("/clients?clientId=" + client).path(0).path("id").asText();
    }

    /** All that the steps are about, without ids. */
    private String state() {
        JsonNode realm = all.get("");
        return String.join(
                "\n",
                names("/client-scopes"),
                names("/default-default-client-scopes"),
                names("/default-optional-client-scopes"),
                names("/clients/" + id("holovitals-demo-app") + "/optional-client-scopes"),
                names("/clients/" + id("holovitals-backend") + "/optional-client-scopes"),
                names(mappings()),
                sorted(all.get("/events/config").path("enabledEventTypes")),
                String.valueOf(all.get("/events/config").path("eventsEnabled")),
                String.valueOf(all.get("/events/config").path("eventsExpiration")),
                realm.path("attributes").path(NUMBER).asText(),
                realm.path("passwordPolicy").asText(),
                realm.path("accessTokenLifespan").asText());
    }

    private String names(String path) {
        List<String> names = new java.util.ArrayList<>();
        all.get(path).forEach(each -> names.add(each.path("name").asText()));
        return names.stream().sorted().toList().toString();
    }

    private static String sorted(JsonNode list) {
        return StandaloneLaunchTest.texts(list).stream().sorted().toList().toString();
    }
}
