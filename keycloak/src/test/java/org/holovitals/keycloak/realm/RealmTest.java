package org.holovitals.keycloak.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.holovitals.keycloak.scopes.Scope;
import org.holovitals.keycloak.scopes.ScopeCatalogue;
import org.junit.jupiter.api.Test;

final class RealmTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final JsonNode development = realm(true);
    private final JsonNode production = realm(false);

    @Test
    void onlyTheDevelopmentRealmHasDemonstrationUsersAndApp() {
        assertThat(texts(development.path("users"), "username"))
                .containsExactly("service-account-holovitals-server", "patient", "clinician", "compliance", "admin");
        assertThat(texts(production.path("users"), "username")).containsExactly("service-account-holovitals-server");
        assertThat(texts(production.path("clients"), "clientId"))
                .containsExactly("holovitals-backend", "holovitals-server");
        assertThat(production.toString()).doesNotContain("Patient-2026!", Demonstration.TOTP_KEY);
    }

    @Test
    void everyScopeOfTheCatalogueIsAClientScope() {
        List<String> names = ScopeCatalogue.all().stream()
                .map(Scope::name)
                .filter(name -> !name.equals("openid"))
                .toList();

        assertThat(texts(production.path("clientScopes"), "name"))
                .containsAll(names)
                .doesNotHaveDuplicates()
                .contains("basic", "acr", "web-origins", "roles", "email");
    }

    @Test
    void noClientTakesPasswordsOrGivesTokensInARedirect() {
        assertThat(development.path("clients")).allSatisfy(client -> {
            assertThat(client.path("implicitFlowEnabled").asBoolean(true)).isFalse();
            assertThat(client.path("directAccessGrantsEnabled").asBoolean(true)).isFalse();
            assertThat(client.path("redirectUris").toString()).doesNotContain("*");
        });
    }

    @Test
    void publicClientsMustUsePkce() {
        assertThat(development.path("clients"))
                .filteredOn(client -> client.path("publicClient").asBoolean())
                .isNotEmpty()
                .allSatisfy(client -> assertThat(client.path("attributes")
                                .path("pkce.code.challenge.method")
                                .asText())
                        .isEqualTo("S256"));
    }

    @Test
    void linksToRecordsAreWrittenByAdministratorsOnly() throws JsonProcessingException {
        JsonNode profile = new ObjectMapper()
                .readTree(production
                        .path("components")
                        .path("org.keycloak.userprofile.UserProfileProvider")
                        .path(0)
                        .path("config")
                        .path("kc.user.profile.config")
                        .path(0)
                        .asText());

        assertThat(profile.path("attributes"))
                .filteredOn(attribute -> List.of("patient", "fhirUser")
                        .contains(attribute.path("name").asText()))
                .hasSize(2)
                .allSatisfy(attribute -> assertThat(
                                attribute.path("permissions").path("edit").toString())
                        .isEqualTo("[\"admin\"]"));
    }

    @Test
    void fiveFailuresLockForFifteenMinutes() {
        assertThat(production.path("bruteForceProtected").asBoolean()).isTrue();
        assertThat(production.path("failureFactor").asInt()).isEqualTo(5);
        assertThat(production.path("waitIncrementSeconds").asInt()).isEqualTo(900);
        assertThat(production.path("maxFailureWaitSeconds").asInt()).isEqualTo(900);
    }

    @Test
    void tokensAreShortLivedAndRefreshTokensGoodOnce() {
        assertThat(production.path("accessTokenLifespan").asInt()).isEqualTo(300);
        assertThat(production.path("ssoSessionIdleTimeout").asInt()).isEqualTo(1800);
        assertThat(production.path("revokeRefreshToken").asBoolean()).isTrue();
        assertThat(production.path("refreshTokenMaxReuse").asInt(-1)).isZero();
    }

    @Test
    void theSameSettingsMakeTheSameText() {
        assertThat(Realm.json(settings(true))).isEqualTo(Realm.json(settings(true)));
    }

    @Test
    void aWildcardOrAForeignRedirectIsRefused() {
        for (String uri : List.of("http://127.0.0.1:8765/*", "https://elsewhere.example/callback")) {
            assertThatThrownBy(() -> new RealmSettings(true, List.of(uri), List.of(), SECRET, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(uri);
        }
    }

    private static JsonNode realm(boolean development) {
        try {
            return new ObjectMapper().readTree(Realm.json(settings(development)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RealmSettings settings(boolean development) {
        return new RealmSettings(
                development, List.of("http://127.0.0.1:8765/callback"), List.of("record"), SECRET, null);
    }

    private static List<String> texts(JsonNode nodes, String field) {
        Stream<JsonNode> stream = StreamSupport.stream(nodes.spliterator(), false);
        return stream.map(node -> node.path(field).asText()).toList();
    }
}
