package org.holovitals.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.Test;

final class AuthorizeTest extends ServerTest {
    private static final String OTHERS = "response_type=code&client_id=app&redirect_uri=https%3A%2F%2Fapp.example%2Fcb"
            + "&state=%7e%2B+%20&aud=http://127.0.0.1/fhir&launch=xyz&code_challenge=abc&code_challenge_method=S256";

    @Test
    void unknownScopesAreDroppedAndEverythingElseStays() {
        HttpResponse<String> answer =
                byLink(OTHERS + "&scope=openid%20patient/Observation.sr+patient/Nothing.rs%20launch");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(location(answer))
                .isEqualTo(TestIssuer.name() + "/auth?" + OTHERS + "&scope=openid+patient%2FObservation.rs+launch");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    }

    @Test
    void aFormIsPassedOnLikeALink() {
        HttpResponse<String> answer = byForm(OTHERS + "&scope=launch%20patient%2F*.read%20nonsense", "");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(location(answer))
                .isEqualTo(TestIssuer.name() + "/auth?" + OTHERS + "&scope=launch+patient%2F*.read");
    }

    @Test
    void theBrowserIsSentToTheIssuerOnly() {
        for (String attempt : new String[] {
            "redirect_uri=https://evil.example/",
            "authorization_endpoint=https://evil.example/",
            "@evil.example/",
            "/../../evil",
            "iss=https://evil.example"
        }) {
            assertThat(location(byLink(attempt))).as(attempt).isEqualTo(TestIssuer.name() + "/auth?" + attempt);
        }
    }

    @Test
    void aRequestWithoutAnAudienceIsTheIssuersToRefuse() {
        assertThat(location(byLink("client_id=app&scope=launch")))
                .isEqualTo(TestIssuer.name() + "/auth?client_id=app&scope=launch");
    }

    @Test
    void duplicatesAreRefused() {
        assertProblem(byLink("client_id=a&client_id=b"), 400, "authorization-request-invalid");
        assertProblem(byLink("scope=openid&sc%6fpe=launch"), 400, "authorization-request-invalid");
        assertProblem(byForm("client_id=a", "?client_id=b"), 400, "authorization-request-invalid");
    }

    @Test
    void whatCannotStandInAUrlIsRefused() {
        assertProblem(byForm("state=a\r\nX-Evil: 1", ""), 400, "authorization-request-invalid");
        assertProblem(byForm("state=a#b", ""), 400, "authorization-request-invalid");
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertProblem(byLink("state=" + "x".repeat(4000)), 414, "authorization-request-too-long");
        assertProblem(byForm("state=" + "x".repeat(1_000_000), ""), 414, "authorization-request-too-long");
    }

    @Test
    void otherMethodsAndBodiesAreRefused() {
        assertThat(sendBare(request("").DELETE()).statusCode()).isEqualTo(405);
        assertThat(sendBare(request("")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(415);
    }

    private HttpResponse<String> byLink(String query) {
        return sendBare(request("?" + query));
    }

    private HttpResponse<String> byForm(String form, String query) {
        return sendBare(request(query)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(URI.create(base().replace("/fhir", "/oauth2/authorize") + query));
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("none: " + answer.statusCode() + answer.body());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("urn:holovitals:problem:" + type);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }
}
