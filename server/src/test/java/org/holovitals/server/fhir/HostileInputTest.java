package org.holovitals.server.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.holovitals.server.fhir.Refusals.refused;

import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.holovitals.server.ServerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Input that HAPI answers with 500. */
final class HostileInputTest extends ServerTest {
    private static final String JSON = "application/fhir+json";
    private static final String PATIENT =
            "{\"resourceType\":\"Patient\",\"id\":\"target\",\"name\":[{\"family\":\"x\"}]}";

    private final ISearchParamRegistry registry;

    @Autowired
    HostileInputTest(ISearchParamRegistry registry) {
        this.registry = registry;
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "W/\"x\"", "*", "W/\"999999999999999999999\"", "W/\"1\",\"2\""})
    void anIfMatchThatIsNoVersionIsNamed(String version) {
        refused(target("PUT", JSON, PATIENT, "If-Match", version), 400, "If-Match");
    }

    @Test
    void anIfModifiedSinceThatIsNoDateIsNamed() {
        target("PUT", JSON, PATIENT);
        HttpRequest.Builder read =
                HttpRequest.newBuilder(URI.create(base() + "/Patient/target")).header("If-Modified-Since", "garbage");
        refused(send(read), 400, "If-Modified-Since");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[null]",
                "[{\"op\":\"nope\",\"path\":\"/name\"}]",
                "[{\"op\":\"add\",\"path\":\"/gender\",\"value\":\"nope\"}]",
                "[{\"op\":\"add\",\"path\":\"/foo\",\"value\":1}]",
                "[{\"op\":\"remove\",\"path\":\"/resourceType\"}]",
                "[{\"op\":\"replace\",\"path\":\"\",\"value\":null}]"
            })
    void aJsonPatchThatDoesNotFitIsRefused(String patch) {
        target("PUT", JSON, PATIENT);
        refusedPatch(target("PATCH", "application/json-patch+json", patch));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"type\",\"valueCode\":\"nope\"}",
                "{\"name\":\"type\",\"valueCode\":\"delete\"},{\"name\":\"path\",\"valueString\":\"(((\"}",
                "{\"name\":\"type\",\"valueCode\":\"add\"},{\"name\":\"path\",\"valueString\":\"Patient\"},"
                        + "{\"name\":\"name\",\"valueString\":\"nope\"},{\"name\":\"value\",\"valueCode\":\"x\"}",
                "{\"name\":\"type\",\"valueCode\":\"add\"},{\"name\":\"path\",\"valueString\":\"Patient\"},"
                        + "{\"name\":\"name\",\"valueString\":\"gender\"},{\"name\":\"value\",\"valueCode\":\"nope\"}"
            })
    void aFhirPatchThatDoesNotFitIsRefused(String parts) {
        target("PUT", JSON, PATIENT);
        refusedPatch(target(
                "PATCH",
                JSON,
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"operation\",\"part\":[" + parts + "]}]}"));
    }

    @Test
    void aPatchOfAnotherKindIsRefused() {
        refusedPatch(target("PATCH", JSON, PATIENT));
        refusedPatch(target("PATCH", "application/xml-patch+xml", "[]"));
        refusedPatch(target("PATCH", "text/plain", "x"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/Patient/x/_history/99999999999999999999; 404",
                "/ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/administrative-gender&count=x; 400",
                "/CodeSystem/$subsumes?codeA=x; 400",
                "/$diff; 400",
                "/$export-poll-status; 404",
                "/swagger-ui/nope; 404",
                "?_getpages=nope; 410"
            })
    void aParameterThatIsMissingOrUnreadableIsTheClients(String path, int status) {
        refused(get(path), status, "error");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "batch; {}",
                "batch; {\"resource\":{\"resourceType\":\"Patient\"}}",
                "transaction; {}",
                "transaction; {\"request\":{\"method\":\"POST\",\"url\":\"Observation\"},\"resource\":{\"resourceType\":\"Patient\"}}",
                "transaction; {\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}"
            },
            quoteCharacter = '`')
    void anEntryThatCannotBeReadIsRefused(String type, String entry) {
        String bundle = "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + entry + "]}";
        refused(post("", JSON, bundle.getBytes(UTF_8)), 400, "error");
    }

    @Test
    void tooManyParametersAreRefused() {
        String query = IntStream.range(0, 60).mapToObj(i -> "name=a" + i).collect(Collectors.joining("&"));
        refused(get("/Patient?" + query), 400, "60 parameters");
    }

    @Test
    void aSearchParameterThatCannotBeEvaluatedDoesNotStopWrites() {
        String parameter =
                "{\"resourceType\":\"SearchParameter\",\"id\":\"broken\",\"url\":\"http://example.org/broken\","
                        + "\"name\":\"broken\",\"status\":\"active\",\"description\":\"x\",\"code\":\"broken\",\"base\":[\"Patient\"],"
                        + "\"type\":\"number\",\"expression\":\"Patient.name.toInteger().power(99)\"}";
        assertThat(write("/SearchParameter/broken", "PUT", JSON, parameter).statusCode())
                .isEqualTo(201);
        try {
            registry.forceRefresh();
            String two = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"x\"},{\"family\":\"y\"}]}";
            assertThat(post("/Patient", JSON, two.getBytes(UTF_8)).statusCode()).isEqualTo(201);
            assertThat(post("/Patient", JSON, PATIENT.getBytes(UTF_8)).statusCode())
                    .isEqualTo(201);
        } finally {
            write("/SearchParameter/broken", "DELETE", JSON, "");
            registry.forceRefresh();
        }
    }

    private static void refusedPatch(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        refused(answer, answer.statusCode(), "error");
    }

    private HttpResponse<String> target(String method, String contentType, String body, String... headers) {
        return write("/Patient/target", method, contentType, body, headers);
    }

    private HttpResponse<String> write(String path, String method, String contentType, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path))
                .header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }
}
