package org.holovitals.server.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.SaidConsents;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code Observation/$lastn} of made up records. */
final class LastObservationsTest extends ServerTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static final String LOINC = "http://loinc.org";

    private final SaidConsents consents;
    private String patient = "";

    @Autowired
    LastObservationsTest(SaidConsents consents) {
        this.consents = consents;
    }

    @BeforeEach
    void store() {
        patient = client().create().resource(new Patient()).execute().getId().getIdPart();
    }

    @Test
    void theLatestOfEachKindIsFoundTheOneSeenLastFirst() throws IOException {
        store("2020-01-01", "laboratory", coded("718-7"));
        String hemoglobin = store("2021-03-01T08:00:00Z", "laboratory", coded("718-7"));
        store(null, "laboratory", coded("718-7"));
        String sodium = store("2021-03-02", "laboratory", coded("2951-2"));
        store("2022-01-01", "vital-signs", coded("8867-4"));

        assertThat(ids("category=laboratory")).containsExactly(sodium, hemoglobin);
        assertThat(ids("code=718-7,2951-2&subject=Patient/" + patient)).containsExactly(sodium, hemoglobin);
        assertThat(ids("category=laboratory&date=lt2021-03-02")).containsExactly(hemoglobin);
    }

    @Test
    void severalAreAnsweredByMax() throws IOException {
        List<String> stored = new ArrayList<>();
        for (int year = 2020; year < 2025; year++) {
            stored.add(0, store(year + "-05-05", "vital-signs", coded("8867-4")));
        }

        assertThat(ids("code=8867-4&max=3")).isEqualTo(stored.subList(0, 3));
        assertThat(ids("code=8867-4&max=100")).isEqualTo(stored);
    }

    @Test
    void whatSharesACodeIsOfOneKindAndTextCountsWhereThereIsNone() throws IOException {
        CodeableConcept both = coded("718-7");
        both.addCoding().setSystem("http://example.org/lab").setCode("HB");
        CodeableConcept local = new CodeableConcept();
        local.addCoding().setSystem("http://example.org/lab").setCode("HB");
        store("2020-01-01", "laboratory", coded("718-7"));
        store("2020-01-02", "laboratory", both);
        String last = store("2020-01-03", "laboratory", local);
        store("2019-01-01", "laboratory", new CodeableConcept().setText("mood"));
        String mood = store("2019-01-02", "laboratory", new CodeableConcept().setText("mood"));

        assertThat(ids("category=laboratory")).containsExactly(last, mood);
    }

    @Test
    void whatWasNotObservedIsLeftOutUnlessItsStatusIsAskedFor() throws IOException {
        String right = store("2020-01-01", "laboratory", coded("718-7"));
        Observation wrong = observation("2021-01-01", "laboratory", coded("718-7"));
        String mistake = created(wrong.setStatus(ObservationStatus.ENTEREDINERROR));

        assertThat(ids("category=laboratory")).containsExactly(right);
        assertThat(ids("category=laboratory&status=entered-in-error")).containsExactly(mistake);
    }

    @Test
    void aClinicianFindsWhatThePatientShows() throws IOException {
        String clinician = UUID.randomUUID().toString();
        String pulse = store("2020-01-01", "vital-signs", coded("8867-4"));
        store("2021-01-01", "laboratory", coded("8867-4"));
        String token = TestIssuer.clinician(clinician, "user/*.rs");

        assertThat(ids(token, "code=8867-4")).isEmpty();
        consents.grant(clinician, patient, Set.of(Part.VITAL_SIGNS), Action.READ);
        try {
            assertThat(ids(token, "code=8867-4")).containsExactly(pulse);
        } finally {
            consents.end(clinician);
        }
        assertThat(ids(TestIssuer.patient("nobody", "patient/*.rs"), "code=8867-4"))
                .isEmpty();
        assertThat(asked(TestIssuer.patient(patient, "patient/Condition.rs"), "code=8867-4")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void badRequestsAreToldWhatIsWrong() {
        Map<String, String> wrong = Map.of(
                "category=laboratory&patient=", "One patient has to be named",
                "date=2020", "needs a category or a code",
                "category=laboratory&max=0", "max is 0; it may be 1 to 100",
                "category=laboratory&max=1&max=2", "max is 1, 2",
                "category=laboratory&_count=5", "does not take _count",
                "category=laboratory&value-quantity=gt5", "value-quantity is not understood here",
                "category=laboratory&date=someday", "date",
                "category=laboratory&kind=x", "kind is not understood here");
        wrong.forEach((query, words) -> {
            String named = query.contains("patient=") ? query : query + "&patient=" + patient;
            HttpResponse<String> response = get("/Observation/$lastn?" + named);
            assertThat(response.statusCode()).as(query).isEqualTo(400);
            assertThat(response.body()).as(query).contains("OperationOutcome", words);
        });
    }

    @Test
    void itIsAnsweredInXmlAndInPartToo() {
        store("2020-01-01", "laboratory", coded("718-7"));
        String url = base() + "/Observation/$lastn?category=laboratory&patient=" + patient;

        assertThat(send(HttpRequest.newBuilder(URI.create(url)).header("Accept", "application/fhir+xml"))
                        .body())
                .startsWith("<Bundle")
                .contains("718-7");
        assertThat(send(HttpRequest.newBuilder(URI.create(url + "&_elements=status")))
                        .body())
                .contains("SUBSETTED", "718-7")
                .doesNotContain("effectiveDateTime");
    }

    private String store(@Nullable String date, String category, CodeableConcept code) {
        return created(observation(date, category, code));
    }

    private Observation observation(@Nullable String date, String category, CodeableConcept code) {
        Observation observation = new Observation()
                .setStatus(ObservationStatus.FINAL)
                .setCode(code)
                .setSubject(new Reference("Patient/" + patient));
        observation.addCategory().addCoding().setSystem(CATEGORY).setCode(category);
        return date == null ? observation : observation.setEffective(new DateTimeType(date));
    }

    private String created(Observation observation) {
        return client().create().resource(observation).execute().getId().getIdPart();
    }

    private static CodeableConcept coded(String code) {
        CodeableConcept concept = new CodeableConcept();
        concept.addCoding().setSystem(LOINC).setCode(code);
        return concept;
    }

    private List<String> ids(String query) throws IOException {
        return ids(TestIssuer.system(), query);
    }

    private List<String> ids(String token, String query) throws IOException {
        HttpResponse<String> response = asked(token, query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode bundle = JSON.readTree(response.body());
        List<String> ids = new ArrayList<>();
        bundle.path("entry").forEach(entry -> ids.add(entry.at("/resource/id").asText()));
        assertThat(bundle.path("total").asInt()).isEqualTo(ids.size());
        return ids;
    }

    private HttpResponse<String> asked(String token, String query) {
        String named = query.contains("subject=") ? query : query + "&patient=" + patient;
        return sendAs(token, HttpRequest.newBuilder(URI.create(base() + "/Observation/$lastn?" + named)));
    }
}
