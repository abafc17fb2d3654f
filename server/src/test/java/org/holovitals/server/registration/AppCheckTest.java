package org.holovitals.server.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.List;
import java.util.Set;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AppCheckTest {
    private static final Set<String> TYPES = Set.of("Patient", "Observation", "Goal");
    private static final String REDIRECT = "https://app.example/callback";

    private final AppCheck check = check(false, false);

    @Test
    void aSoundAppPasses() {
        App app = check.checked(new AppRequest(
                AppKind.PUBLIC,
                "  Growth chart ",
                List.of(REDIRECT, "http://127.0.0.1:9000/callback", REDIRECT),
                "https://app.example/launch?from=ehr",
                List.of("openid", "launch/patient", "patient/Goal.rs", "patient/Goal.rs"),
                null,
                null,
                "https://app.example/logo.png",
                " "));

        assertThat(app)
                .isEqualTo(new App(
                        AppKind.PUBLIC,
                        "Growth chart",
                        List.of(REDIRECT, "http://127.0.0.1:9000/callback"),
                        "https://app.example/launch?from=ehr",
                        List.of("openid", "launch/patient", "patient/Goal.rs"),
                        null,
                        null,
                        "https://app.example/logo.png",
                        null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://*.app.example/callback",
                "https://app.example/*",
                "https://app.example/callback#part",
                "http://app.example/callback",
                "https://user:password@app.example/callback",
                "https://app.example/a/../callback",
                "javascript:alert(1)",
                "org.example.app:/callback",
                "/callback",
                "https:///callback",
                "https://app.example/call back",
                "http://127.0.0.1.app.example/callback",
                ""
            })
    void anAddressThatIsNotExactOrNotSafeIsRefused(String uri) {
        refused(ProblemType.APP_ADDRESS_INVALID, "redirectUris", user(uri, "patient/Goal.rs"));
    }

    @Test
    void anAppOfUsersNeedsARedirectAndABackendServiceHasNone() {
        refused(
                ProblemType.APP_ADDRESS_INVALID,
                "redirectUris is needed",
                new AppRequest(AppKind.PUBLIC, "App", null, null, List.of("openid"), null, null, null, null));
        refused(
                ProblemType.APP_ADDRESS_INVALID,
                "no redirectUris",
                new AppRequest(
                        AppKind.BACKEND,
                        "App",
                        List.of(REDIRECT),
                        null,
                        List.of("system/Goal.rs"),
                        "https://1.1.1.1/keys",
                        null,
                        null,
                        null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    system/Goal.rs; backend services only
                    patient/Goal.sr; Not a SMART scope
                    patient/Unknown.rs; Not a SMART scope
                    patient/Goal.read?category=x; Not a SMART scope
                    patient/Goal.rs?patient.name=x; Not a SMART scope
                    admin; Not a SMART scope
                    patient/*.rs patient/Goal.rs; Not a scope
                    roles; Not a SMART scope
                    """)
    void aScopeThatIsIllegalOrOfAnotherLevelIsRefused(String scope, String reason) {
        refused(ProblemType.APP_SCOPE_INVALID, reason, user(REDIRECT, scope));
    }

    @ParameterizedTest
    @ValueSource(strings = {"patient/Goal.rs", "user/Goal.rs", "openid", "launch", "offline_access"})
    void aBackendServiceHasScopesOfTheSystemOnly(String scope) {
        refused(ProblemType.APP_SCOPE_INVALID, "backend", backend(List.of(scope), "https://1.1.1.1/keys"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/keys",
                "https://127.0.0.1/keys",
                "https://localhost/keys",
                "https://[::1]/keys",
                "https://169.254.169.254/latest/meta-data",
                "https://10.1.2.3/keys",
                "https://192.168.1.1/keys",
                "https://172.16.0.1/keys",
                "https://100.64.0.1/keys",
                "https://[fd00::1]/keys",
                "https://[::ffff:10.0.0.1]/keys",
                "https://0.0.0.0/keys",
                "https://unknown.invalid/keys"
            })
    void keysAreNotFetchedFromTheOperatorsNetwork(String url) {
        refused(ProblemType.APP_KEYS_INVALID, "jwksUrl", backend(List.of("system/Goal.rs"), url));
    }

    @Test
    void keysMayBeInTheOperatorsNetworkWhereThatIsSet() {
        AppCheck inside = check(false, true);

        assertThat(inside.checked(backend(List.of("system/Goal.rs"), "https://10.1.2.3/keys"))
                        .jwksUrl())
                .isEqualTo("https://10.1.2.3/keys");
        assertThatThrownBy(() -> inside.checked(backend(List.of("system/Goal.rs"), "https://169.254.169.254/keys")))
                .isInstanceOf(Problem.class);
        assertThat(check(true, false)
                        .checked(backend(List.of("system/Goal.rs"), "http://127.0.0.1:9000/keys"))
                        .jwksUrl())
                .isEqualTo("http://127.0.0.1:9000/keys");
    }

    @Test
    void onlyPublicKeysOfTheTwoAlgorithmsPass() throws JOSEException {
        assertThat(check.checked(keys(TestIssuer.RSA.toPublicJWK(), TestIssuer.EC_384.toPublicJWK()))
                        .jwks())
                .contains("test-rsa", "test-ec-384")
                .doesNotContain("\"d\"");
        refused(ProblemType.APP_KEYS_INVALID, "private or shared", keys(TestIssuer.RSA));
        refused(
                ProblemType.APP_KEYS_INVALID,
                "private or shared",
                keys(new OctetSequenceKeyGenerator(256).keyID("shared").generate()));
        refused(ProblemType.APP_KEYS_INVALID, "P-384", keys(TestIssuer.EC_256.toPublicJWK()));
        refused(
                ProblemType.APP_KEYS_INVALID,
                "2048",
                keys(new RSAKeyGenerator(1024, true).keyID("short").generate().toPublicJWK()));
        refused(
                ProblemType.APP_KEYS_INVALID,
                "kid",
                keys(new ECKeyGenerator(Curve.P_384).generate().toPublicJWK()));
        refused(ProblemType.APP_KEYS_INVALID, "kid", keys(TestIssuer.RSA.toPublicJWK(), TestIssuer.RSA.toPublicJWK()));
        refused(ProblemType.APP_KEYS_INVALID, "between one", keys());
    }

    @Test
    void keysBelongToAppsThatSign() {
        refused(
                ProblemType.APP_KEYS_INVALID,
                "either jwksUrl or jwks",
                new AppRequest(
                        AppKind.KEYS, "App", List.of(REDIRECT), null, List.of("openid"), null, null, null, null));
        refused(
                ProblemType.APP_KEYS_INVALID,
                "has no keys",
                new AppRequest(
                        AppKind.SECRET,
                        "App",
                        List.of(REDIRECT),
                        null,
                        List.of("openid"),
                        "https://1.1.1.1/keys",
                        null,
                        null,
                        null));
    }

    @Test
    void kindAndNameAreNeeded() {
        refused(
                ProblemType.INVALID_REQUEST,
                "kind is needed",
                new AppRequest(null, "App", List.of(REDIRECT), null, List.of("openid"), null, null, null, null));
        for (String name : List.of("", " ", "<b>App</b>", "x".repeat(101), "line\nbreak")) {
            refused(
                    ProblemType.INVALID_REQUEST,
                    "name is needed",
                    new AppRequest(
                            AppKind.PUBLIC, name, List.of(REDIRECT), null, List.of("openid"), null, null, null, null));
        }
    }

    private void refused(ProblemType type, String reason, AppRequest request) {
        assertThatThrownBy(() -> check.checked(request))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo(type))
                .hasMessageContaining(reason);
    }

    private static AppRequest user(String redirect, String scope) {
        return new AppRequest(AppKind.PUBLIC, "App", List.of(redirect), null, List.of(scope), null, null, null, null);
    }

    private static AppRequest backend(List<String> scopes, String jwksUrl) {
        return new AppRequest(AppKind.BACKEND, "App", null, null, List.copyOf(scopes), jwksUrl, null, null, null);
    }

    private static AppRequest keys(JWK... keys) {
        try {
            return new AppRequest(
                    AppKind.BACKEND,
                    "App",
                    null,
                    null,
                    List.of("system/Goal.rs"),
                    null,
                    new JsonMapper().readTree(new JWKSet(List.of(keys)).toString(false)),
                    null,
                    null);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AppCheck check(boolean development, boolean privateAddresses) {
        return new AppCheck(new RequestedScopes(TYPES), new PublicKeys(development, privateAddresses));
    }
}
