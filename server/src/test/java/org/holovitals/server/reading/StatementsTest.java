package org.holovitals.server.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many statements an answer takes, and which path it came by. The row in the audit log is another thread's. */
final class StatementsTest extends ServerTest {
    private static final JsonMapper JSON = new JsonMapper();

    private String patient = "";

    @BeforeEach
    void store() {
        patient = new OddRecord(client()).patient();
    }

    @Test
    void aReadASearchAPageAndEverythingTakeOneEach() throws IOException {
        try (Statements statements = new Statements()) {
            read("/Patient/" + patient);
            statements.count();

            read("/Patient/" + patient);
            assertThat(statements.count()).isOne();
            read("/Patient/" + patient + "/_history/1");
            assertThat(statements.count()).isOne();
            JsonNode first = read("/Observation?patient=" + patient + "&_sort=-date&_count=3&_total=accurate");
            assertThat(statements.count()).isOne();
            String next = next(first);
            get(next.substring(base().length()));
            assertThat(statements.count()).isOne();
            read("/Patient/" + patient + "/$everything");
            assertThat(statements.count()).isOne();
            read("/Patient/" + patient + "/$everything?_type=Observation&_since=2020-01-01T00:00:00Z");
            assertThat(statements.count()).isOne();
            read("/Observation?patient=" + patient + "&_elements=status");
            assertThat(statements.count()).isOne();
            read("/Observation?patient=" + patient + "&_summary=count");
            assertThat(statements.count()).isOne();
            read("/Observation/$lastn?patient=" + patient + "&category=laboratory");
            assertThat(statements.count()).isEqualTo(2);
            read("/Observation?patient=" + patient
                    + "&_include=Observation:subject&_include=Observation:encounter&_revinclude=Provenance:target");
            assertThat(statements.count()).isOne();
        }
    }

    @Test
    void whatIsNotUnderstoodIsAnsweredByHapi() {
        for (String path : new String[] {
            "/Patient/" + patient + "?_pretty=true",
            "/Patient/" + patient + "?_summary=true",
            "/Observation?patient=" + patient + "&_elements=code.coding",
            "/Observation?patient=" + patient + "&_summary=text",
            "/Observation?patient=" + patient + "&value-quantity=gt5",
            "/Observation?patient=" + patient + "&code:missing=true",
            "/Observation?patient=" + patient + "," + patient,
            "/Observation?patient=" + patient + "&_include:iterate=Observation:subject",
            "/Observation?patient=" + patient + "&_include=*"
        }) {
            HttpResponse<String> response = get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            assertThat(response.headers().firstValue("X-Answered-By")).as(path).isEmpty();
        }
    }

    @Test
    void aClientThatWantsXmlGetsIt() {
        HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(base() + "/Patient/" + patient))
                .header("Accept", "application/fhir+xml"));

        assertThat(response.body()).startsWith("<Patient");
    }

    @Test
    void aLinkOfAnotherIsGone() throws IOException {
        JsonNode first = read("/Observation?patient=" + patient + "&_count=3");

        HttpResponse<String> response =
                sendAs(TestIssuer.patient(patient, "patient/*.rs"), HttpRequest.newBuilder(URI.create(next(first))));

        assertThat(response.statusCode()).isEqualTo(410);
    }

    private JsonNode read(String path) throws IOException {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Answered-By")).as(path).hasValue("reader");
        return JSON.readTree(response.body());
    }

    private static String next(JsonNode bundle) {
        return Comparison.next(bundle).orElseThrow();
    }
}
