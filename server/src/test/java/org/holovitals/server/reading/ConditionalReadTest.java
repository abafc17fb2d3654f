package org.holovitals.server.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads by a client that has a copy already (http://hl7.org/fhir/R4/http.html#cread). */
final class ConditionalReadTest extends ServerTest {
    private String id = "";

    @BeforeEach
    void store() {
        id = client().create().resource(new Patient()).execute().getId().getIdPart();
    }

    @Test
    void aCopyOfTheSameVersionIsNotSentAgain() {
        HttpResponse<String> first = get("/Patient/" + id);
        for (String tags : new String[] {"W/\"1\"", "\"1\"", "W/\"7\", W/\"1\"", "*"}) {
            HttpResponse<String> again = read("", "If-None-Match", tags);
            assertThat(again.statusCode()).as(tags).isEqualTo(304);
            assertThat(again.body()).as(tags).isEmpty();
            for (String header : new String[] {"ETag", "Last-Modified", "Content-Location", "X-Answered-By"}) {
                assertThat(again.headers().firstValue(header))
                        .as(header)
                        .isPresent()
                        .isEqualTo(first.headers().firstValue(header));
            }
        }
        assertThat(read("/_history/1", "If-None-Match", "W/\"1\"").statusCode()).isEqualTo(304);
        assertThat(read("", "If-None-Match", "W/\"2\"").body()).contains(id);
    }

    @Test
    void aNewVersionIsSent() {
        Patient changed = new Patient().setGender(AdministrativeGender.OTHER);
        changed.setId(id);
        client().update().resource(changed).execute();

        HttpResponse<String> response = read("", "If-None-Match", "W/\"1\"");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("ETag")).hasValue("W/\"2\"");
        assertThat(response.body()).contains("other");
    }

    @Test
    void aCopyIsAsRecentAsItsLastModifiedSays() {
        String modified =
                get("/Patient/" + id).headers().firstValue("Last-Modified").orElseThrow();
        String before = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.parse(modified, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .minusSeconds(1));

        assertThat(read("", "If-Modified-Since", modified).statusCode()).isEqualTo(304);
        assertThat(read("", "If-Modified-Since", before).statusCode()).isEqualTo(200);
        assertThat(read("", "If-Modified-Since", "some day").statusCode()).isEqualTo(400);
        assertThat(read("", "If-Modified-Since", modified, "If-None-Match", "W/\"9\"")
                        .statusCode())
                .as("a tag says more than a time")
                .isEqualTo(200);
    }

    @Test
    void whatIsHiddenIsNotKnownWhateverCopyTheClientHas() {
        HttpRequest.Builder request = request("", "If-None-Match", "*");

        assertThat(sendAs(TestIssuer.patient("somebody-else", "patient/*.rs"), request)
                        .statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<String> read(String path, String... headers) {
        return send(request(path, headers));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        return HttpRequest.newBuilder(URI.create(base() + "/Patient/" + id + path))
                .headers(headers);
    }
}
