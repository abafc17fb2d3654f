package org.holovitals.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.holovitals.keycloak.realm.Demonstration;
import org.junit.jupiter.api.Test;

/** What the server learns of logins from its Keycloak, and how soon. */
final class SignInTest {
    private static final DevelopmentServer server = DevelopmentServer.get();
    private static final DemonstrationRealm realm = server.realm();

    @Test
    void anEndedSessionIsRefusedSoonAndEachSignInIsRecordedOnce() throws Exception {
        SignInRecord record = new SignInRecord(server.directory());
        String clinician = server.token("clinician");
        JsonNode loggedOut = signedIn();
        JsonNode ended = signedIn();
        String stays = server.token("patient");
        for (String token : List.of(clinician, access(loggedOut), access(ended), stays)) {
            assertThat(me(token)).isEqualTo(200);
        }
        realm.logout(loggedOut.path("refresh_token").asText());
        Duration afterLogout = untilRefused(access(loggedOut));
        assertThat(realm.administer("DELETE", "/sessions/" + claim(access(ended), "sid"), ""))
                .isEqualTo(204);
        Duration afterEnd = untilRefused(access(ended));
        Files.writeString(
                Path.of("target", "ended-sessions.txt"),
                "refused after: logout %s, ended by an administrator %s%n".formatted(afterLogout, afterEnd));
        assertThat(List.of(afterLogout, afterEnd)).allMatch(delay -> delay.toSeconds() < 60);
        assertThat(me(stays)).as("another session of the same user").isEqualTo(200);

        long failedBefore = record.count("login-failed");
        LoginForm form = realm.open(realm.request("openid patient/Encounter.rs", Pkce.make(), Map.of()));
        form.submit(Map.of("username", "patient", "password", "typed-by-mistake"));
        form.submit(Map.of("username", "a-stranger", "password", "typed-by-mistake"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> record.count("login-failed") >= failedBefore + 2);

        String session = claim(access(loggedOut), "sid");
        assertThat(record.actions(session)).containsExactly("login", "code-to-token", "logout");
        assertThat(record.isEnded(session)).isTrue();
        assertThat(record.mentions("typed-by-mistake") || record.mentions("a-stranger"))
                .isFalse();
        assertThat(record.user(claim(clinician, "sub"))).containsEntry("mfa_enabled", true);
        assertThat(record.user(claim(stays, "sub")))
                .containsEntry("mfa_enabled", false)
                .containsEntry("failed_login_attempts", 1);

        long failures = record.count("login-failed");
        server.restart();
        assertThat(me(access(ended))).as("after a restart").isEqualTo(401);
        SignInRecord again = new SignInRecord(server.directory());
        // The start itself logs the demonstration patient in, so this login is told by its session.
        String later = claim(server.token("compliance"), "sid");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> again.actions(later)
                .contains("login"));
        assertThat(again.actions(session)).containsExactly("login", "code-to-token", "logout");
        assertThat(again.count("login-failed")).isEqualTo(failures);
    }

    /** An app's answer from the token endpoint for the demonstration patient, in a session of its own. */
    private static JsonNode signedIn() throws Exception {
        Pkce pkce = Pkce.make();
        LoginForm form = realm.open(realm.request("openid launch/patient patient/Encounter.rs", pkce, Map.of()));
        Demonstration.Login login = Demonstration.LOGINS.get(0);
        form.submit(Map.of("username", login.name(), "password", login.password()));
        if (form.asksFor("accept")) {
            form.submit(Map.of("accept", "true"));
        }
        return realm.redeem(form.ended().orElseThrow(() -> new AssertionError(form.text())), pkce);
    }

    private static String access(JsonNode answer) {
        return answer.path("access_token").asText();
    }

    private static String claim(String token, String name) throws IOException {
        return new ObjectMapper()
                .readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]))
                .path(name)
                .asText();
    }

    private static int me(String token) {
        return server.send("GET", "/api/me", token, "").statusCode();
    }

    private static Duration untilRefused(String token) {
        Instant begin = Instant.now();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(90))
                .until(() -> me(token) == 401);
        return Duration.between(begin, Instant.now());
    }
}
