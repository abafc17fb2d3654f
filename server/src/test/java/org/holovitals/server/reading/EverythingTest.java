package org.holovitals.server.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code Patient/$everything} of some types, and of what changed. */
final class EverythingTest extends ServerTest {
    private static final JsonMapper JSON = new JsonMapper();

    private String patient = "";
    private String practitioner = "";
    private String encounter = "";

    @BeforeEach
    void store() {
        patient = created(new Patient());
        practitioner = created(new Practitioner());
        Encounter visit = new Encounter().setStatus(EncounterStatus.FINISHED).setSubject(new Reference(patient));
        visit.addParticipant().setIndividual(new Reference(practitioner));
        encounter = created(visit);
    }

    private String created(Resource resource) {
        return client().create()
                .resource(resource)
                .execute()
                .getId()
                .toUnqualifiedVersionless()
                .getValue();
    }

    @Test
    void typesAreOfWhatIsReferredToAsWell() throws IOException {
        assertThat(all("")).containsExactlyInAnyOrder(patient, encounter, practitioner);
        assertThat(all("?_type=Practitioner")).containsExactly(practitioner);
        assertThat(all("?_type=Encounter,Patient&_count=1")).containsExactly(patient, encounter);
        assertThat(all("?_type=Condition")).isEmpty();
    }

    @Test
    void whatDidNotChangeSinceIsLeftOut() throws IOException {
        String at = read("/" + encounter).at("/meta/lastUpdated").asText();
        String condition = created(new Condition().setSubject(new Reference(patient)));

        assertThat(all("?_since=" + encoded(at))).containsExactlyInAnyOrder(encounter, condition);
        assertThat(all("?_since=" + encoded(at) + "&_type=Condition")).containsExactly(condition);
        assertThat(get("/Patient/$everything?_since=" + encoded(at)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aPatientWhoMayNotSeeTheRecordGetsNoneOfIt() {
        HttpResponse<String> response = sendAs(
                TestIssuer.patient("nobody", "patient/*.rs"),
                HttpRequest.newBuilder(URI.create(base() + "/" + patient + "/$everything?_type=Practitioner")));

        assertThat(response.statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsNoTimeAndNoTypeIsRefused() {
        for (String query : new String[] {
            "_since=2020",
            "_since=x",
            "_type=Pizza",
            "_type=",
            "start=2020",
            "kind=x",
            "_since=2020-01-01T00:00:00Z&_count=0",
            "_since=2020-01-01T00:00:00Z&_sort=_id",
            "_since=2020&_format=xml"
        }) {
            HttpResponse<String> response = get("/" + patient + "/$everything?" + query);
            assertThat(response.statusCode()).as(query).isEqualTo(400);
            assertThat(response.body()).as(query).contains("OperationOutcome", query.substring(0, query.indexOf('=')));
        }
    }

    @Test
    void whatOnlyTheReaderAnswersIsRefusedInABundle() {
        String bundle = """
                {"resourceType": "Bundle", "type": "batch", "entry": [
                  {"request": {"method": "GET", "url": "%s/$everything?_since=2020-01-01T00:00:00Z"}},
                  {"request": {"method": "GET", "url": "Observation/$lastn?patient=%s&code=1"}}]}
                """.formatted(patient, patient);
        HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(base()))
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(bundle)));

        assertThat(response.body())
                .contains("$everything with _since is not answered", "$lastn is not answered", "400 Bad Request");
    }

    @Test
    void furtherPagesAreInXmlWhenThatIsWanted() throws IOException {
        String url = next(read("/" + patient + "/$everything?_count=1&_type=Encounter,Practitioner,Patient"));

        HttpResponse<String> response =
                send(HttpRequest.newBuilder(URI.create(url)).header("Accept", "application/fhir+xml"));

        assertThat(response.body()).startsWith("<Bundle").contains("<Practitioner");
    }

    private List<String> all(String query) throws IOException {
        List<String> found = new ArrayList<>();
        JsonNode page = read("/" + patient + "/$everything" + query);
        while (true) {
            page.path("entry")
                    .forEach(entry -> found.add(entry.at("/resource/resourceType")
                                    .asText() + "/" + entry.at("/resource/id").asText()));
            if (Comparison.next(page).isEmpty()) {
                return found;
            }
            page = read(next(page).substring(base().length()));
        }
    }

    private JsonNode read(String path) throws IOException {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static String next(JsonNode bundle) {
        return Comparison.next(bundle).orElseThrow();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
