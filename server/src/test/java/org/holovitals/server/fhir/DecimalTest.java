package org.holovitals.server.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.holovitals.server.fhir.Refusals.refused;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.server.ServerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A decimal beyond HAPI's index columns is kept digit by digit; one that HAPI could not read back is refused. */
final class DecimalTest extends ServerTest {
    private static final String JSON = "application/fhir+json";
    private static final Pattern DECIMAL = Pattern.compile("\"(?:value|probabilityDecimal|latitude)\":(-?[0-9.eE+-]+)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-1e400",
                "1e-400",
                "1.50e-310",
                "100000000000000000000",
                "1.10",
                "0.000000000000000000000000000000000000000000000000000000000000000000001"
            })
    void aDecimalIsKeptDigitByDigit(String value) {
        kept(observation(value), value);
    }

    @Test
    void fourHundredDigitsAreKept() {
        kept(observation("1234567890".repeat(40)), "1234567890".repeat(40));
        kept(observation("0." + "1234567890".repeat(40)), "0." + "1234567890".repeat(40));
    }

    @Test
    void otherTypesKeepThemToo() {
        kept(
                post(
                        "/RiskAssessment",
                        "{\"resourceType\":\"RiskAssessment\",\"status\":\"final\",\"subject\":{\"display\":\"x\"},"
                                + "\"prediction\":[{\"probabilityDecimal\":1e400}]}"),
                "1e400");
        kept(
                post("/Invoice", "{\"resourceType\":\"Invoice\",\"status\":\"issued\",\"totalNet\":{\"value\":1e400}}"),
                "1e400");
        kept(post("/Location", "{\"resourceType\":\"Location\",\"position\":{\"latitude\":1e400}}"), "1e400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e9999", "1E+1000", "1e-9999", "1e999999999", "-1e99999999999"})
    void whatCouldNotBeReadBackIsRefused(String value) {
        refused(observation(value), 400, "900 digits");
    }

    @Test
    void aNumberWrittenAsAStringIsNoWayAround() {
        refused(observation("\"1e9999\""), 422, "900 digits");
        refused(observation("\"1\\u00659999\""), 422, "900 digits");
    }

    @Test
    void aPatchIsNoWayAround() {
        HttpResponse<String> created = observation("1.0");
        String path = created.headers().firstValue("Location").orElseThrow().replaceFirst("/_history.*", "");
        String patch = "[{\"op\":\"replace\",\"path\":\"/valueQuantity/value\",\"value\":%s}]";
        for (String value : new String[] {"1e9999", "\"1e9999\""}) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(path))
                    .header("Content-Type", "application/json-patch+json")
                    .method("PATCH", HttpRequest.BodyPublishers.ofString(patch.formatted(value))));
            assertThat(answer.statusCode()).as(answer.body()).isIn(400, 422);
            assertThat(answer.body()).contains("900 digits");
        }
    }

    @Test
    void xmlIsNoWayAround() {
        String observation =
                "<Observation xmlns=\"http://hl7.org/fhir\"><identifier><value value=\"1e9999\"/></identifier>"
                        + "<status value=\"final\"/><code><text value=\"x\"/></code>"
                        + "<valueQuantity><value value=\"%s\"/></valueQuantity></Observation>";
        refused(postXml(observation.formatted("1e9999")), 422, "900 digits");
        refused(postXml(observation.formatted("1e999999999")), 422, "900 digits");
        refused(postXml(observation.formatted("1&#x65;9999")), 422, "900 digits");
        assertThat(postXml(observation.formatted("1e400")).statusCode()).isEqualTo(201);
    }

    @Test
    void aSearchBeyondTheIndexIsRefused() {
        refused(get("/Observation?value-quantity=1e400"), 400, "value-quantity");
        refused(get("/Observation?value-quantity=1e999999999"), 400, "value-quantity");
        assertThat(get("/Observation?value-quantity=gt1e300").statusCode()).isEqualTo(200);
    }

    private void kept(HttpResponse<String> created, String value) {
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String path = created.headers().firstValue("Location").orElseThrow().replace(base(), "");
        Matcher read = DECIMAL.matcher(get(path).body());
        assertThat(read.find()).isTrue();
        assertThat(new BigDecimal(read.group(1)).stripTrailingZeros())
                .isEqualTo(new BigDecimal(value).stripTrailingZeros());
    }

    private HttpResponse<String> observation(String value) {
        return post(
                "/Observation",
                "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},"
                        + "\"valueQuantity\":{\"value\":" + value + "}}");
    }

    private HttpResponse<String> post(String path, String body) {
        return post(path, JSON, body.getBytes(UTF_8));
    }

    private HttpResponse<String> postXml(String body) {
        return post("/Observation", "application/fhir+xml", body.getBytes(UTF_8));
    }
}
