package org.holovitals.server.fhir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Speaks to the port itself: no HTTP client would send these. */
final class MalformedRequestTest extends ServerTest {
    private static final String HOST =
            "Host: localhost\r\nConnection: close\r\n" + "Authorization: Bearer " + TestIssuer.system() + "\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/fhir/Patient?name=%",
                "/fhir/Patient?name=%zz",
                "/fhir/Patient?name=%c3%28",
                "/fhir/Patient?name=%00",
                "/fhir/Patient?name=\u0001",
                "/fhir/Patient/%00",
                "/fhir/Patient/%zz",
                "/fhir/Patient/%c3%28",
                "/fhir/Patient%2f1",
                "/fhir/Pat|ient",
                "/fhir/Pat ient",
                "/fhir/../../etc"
            })
    void aUrlThatCannotBeReadIsAnsweredInFhir(String url) throws IOException {
        refusedInFhir(exchange("GET " + url + " HTTP/1.1\r\n" + HOST + "\r\n"), 400);
    }

    @Test
    void aUrlOrHeaderThatIsTooLongIsAnsweredInFhir() throws IOException {
        refusedInFhir(exchange("GET /fhir/Patient?name=" + "a".repeat(20_000) + " HTTP/1.1\r\n" + HOST + "\r\n"), 400);
        refusedInFhir(exchange("GET /fhir/Patient HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(20_000) + "\r\n\r\n"), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: abc",
                "Content-Length: -5",
                "Content-Length: 2\r\nContent-Length: 3",
                "Content-Length: 2\r\nTransfer-Encoding: chunked",
                "Bad Header: x"
            })
    void aBodyOfUnclearLengthIsAnsweredInFhir(String headers) throws IOException {
        String head = "POST /fhir/Patient HTTP/1.1\r\nContent-Type: application/fhir+json\r\n" + HOST;
        refusedInFhir(exchange(head + headers + "\r\n\r\n{}"), 400);
    }

    @Test
    void whatTheContainerDoesNotSupportIsAnsweredInFhir() throws IOException {
        refusedInFhir(exchange("NOPE /fhir/Patient HTTP/1.1\r\n" + HOST + "\r\n"), 501);
        refusedInFhir(exchange("GET /fhir/Patient HTTP/9.9\r\n" + HOST + "\r\n"), 505);
        refusedInFhir(exchange("POST /fhir HTTP/1.1\r\n" + HOST + "Transfer-Encoding: nope\r\n\r\n{}"), 501);
        refusedInFhir(exchange("POST /fhir HTTP/1.1\r\n" + HOST + "Expect: nope\r\nContent-Length: 2\r\n\r\n{}"), 417);
    }

    @Test
    void aFormThatCannotBeReadIsRefused() {
        Refusals.refused(
                post("/Patient/_search", "application/x-www-form-urlencoded", "name=%".getBytes(ISO_8859_1)),
                400,
                "percent sign");
    }

    @Test
    void besideFhirAProblemIsAnswered() throws IOException {
        for (String path : new String[] {"/nope", "/", "/actuator/nope"}) {
            assertThat(exchange("GET " + path + " HTTP/1.1\r\n" + HOST + "Accept: text/html\r\n\r\n"))
                    .startsWith("HTTP/1.1 403")
                    .contains("application/problem+json")
                    .contains("\"status\":403")
                    .doesNotContainIgnoringCase("<html");
        }
        assertThat(exchange("GET /nope/%00 HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json")
                .doesNotContainIgnoringCase("<html");
    }

    private static void refusedInFhir(String answer, int status) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("application/fhir+json")
                .contains("OperationOutcome")
                .doesNotContain("Exception")
                .doesNotContainIgnoringCase("<html")
                .doesNotContainIgnoringCase("tomcat");
    }

    private String exchange(String request) throws IOException {
        URI base = URI.create(base());
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
