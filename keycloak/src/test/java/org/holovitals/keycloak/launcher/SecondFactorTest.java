package org.holovitals.keycloak.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.holovitals.keycloak.realm.Demonstration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecondFactorTest {
    private static final String SCOPE = "openid fhirUser user/Observation.rs";

    private final TestKeycloak keycloak = TestKeycloak.get();

    @Test
    void theDemonstrationClinicianSignsInWithAOneTimeCode() {
        Browser browser = new Browser(keycloak).open(SCOPE).login("clinician", "Clinician-2026!");
        assertThat(browser.page()).contains("name=\"otp\"");

        JsonNode tokens =
                browser.submit(List.of(List.of("otp", code()))).allow("").tokens();

        JsonNode claims = Api.claims(tokens.path("access_token").asText());
        assertThat(claims.path("fhirUser").asText()).isEqualTo("Practitioner/demonstration-clinician");
        assertThat(StandaloneLaunchTest.texts(claims.path("realm_access").path("roles")))
                .containsExactly("clinician");
    }

    @Test
    void aRecoveryCodeStandsInForTheOneTimeCode() {
        Browser browser = new Browser(keycloak).open(SCOPE).login("admin", "Administrator-2026!");
        browser.tryAnotherWay("auth-recovery-authn-code-form");
        assertThat(browser.page()).contains("recoveryCodeInput");

        browser.submit(List.of(
                List.of("recoveryCodeInput", Demonstration.recoveryCodeList().get(0))));

        assertThat(browser.allow("").tokens().path("access_token").asText()).isNotEmpty();
    }

    @Test
    void aWrongOneTimeCodeIsRefused() {
        Browser browser = new Browser(keycloak).open(SCOPE).login("clinician", "Clinician-2026!");

        browser.submit(List.of(List.of("otp", "000000")));

        assertThat(browser.page()).contains("name=\"otp\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinician", "admin"})
    void whoNeedsASecondFactorSetsItUpFirst(String role) {
        String user = keycloak.api().user(role, List.of());

        Browser browser =
                new Browser(keycloak).open(SCOPE).login(user, Api.PASSWORD).allow("");

        assertThat(browser.page()).contains("totpSecret");
    }

    /** RFC 6238 with Keycloak's values: SHA-1, six digits, thirty seconds. */
    private static String code() {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Demonstration.TOTP_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8)
                    .putLong(Instant.now().getEpochSecond() / 30)
                    .array());
            int number = ByteBuffer.wrap(hash, hash[hash.length - 1] & 0xf, 4).getInt() & 0x7fffffff;
            return String.format(Locale.ROOT, "%06d", number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
