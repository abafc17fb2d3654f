package org.holovitals.server.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.holovitals.server.fhir.Refusals.refused;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.UUID;
import org.holovitals.server.ServerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryTest extends ServerTest {
    private static final String JSON = "application/fhir+json";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/Patient?name:nope=x; :contains, :exact, :missing",
                "/Patient?name:text=x; :contains",
                "/Patient?name:missing=perhaps; true or false",
                "/Patient?gender:nope=x; :not-in",
                "/Patient?gender:text=x; :of-type",
                "/Patient?birthdate:exact=2000; :missing",
                "/Patient?organization:nope=x; :Patient",
                "/Patient?organization:Organization.name:nope=x; :exact",
                "/Patient?organization.name:nope=x; :exact",
                "/Patient?name.family=x; name",
                "/Patient?_id:missing=false; :not",
                "/Patient?_lastUpdated:missing=true; _lastUpdated",
                "/Patient?_profile:nope=x; :below",
                "/Patient?_source:nope=x; :above",
                "/Patient?_include:nope=Patient:organization; :iterate",
                "/Patient?_sort:nope=name; _sort",
                "/Patient?_nope=x; _nope",
                "/Patient?_since=2020; _since",
                "/Observation?value-quantity:nope=5; :missing",
                "/Observation?patient.name:nope=x; :exact"
            })
    void aModifierThatWouldBeIgnoredIsRefusedWithTheLegalOnes(String path, String saying) {
        refused(get(path), 400, saying);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Patient?name:exact=x",
                "/Patient?name:contains=xyz",
                "/Patient?name:missing=true",
                "/Patient?gender:not=male",
                "/Patient?identifier:of-type=a%7Cb%7Cc",
                "/Patient?_id:not=x",
                "/Patient?_tag:not=x",
                "/Patient?_profile:below=http://example.org",
                "/Patient?_source:contains=x",
                "/Patient?_include:iterate=Patient:organization&_revinclude:iterate=Observation:patient",
                "/Patient?organization:Organization.name:exact=x",
                "/Patient?organization.name:contains=x",
                "/Patient?_has:Observation:patient:code=x",
                "/Patient?_elements=name,Patient.birthDate,deceased&_summary=false&_total=accurate&_count=0",
                "/Patient?_format=application/fhir+json&_sort=-name",
                "/Observation?patient:Patient.name:exact=x",
                "/Observation?subject:Patient=x",
                "/Observation?subject:mdm=Patient/x"
            })
    void aLegalModifierWorks(String path) {
        assertThat(get(path).statusCode()).as(path).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/Patient?_count=-1; 400; _count",
                "/Patient?_count=abc; 400; _count",
                "/Patient?_offset=-1; 400; _offset",
                "/Patient?_summary=nope; 400; _summary",
                "/Patient?_elements=nope; 400; _elements",
                "/Patient?_elements=Nope.name; 400; _elements",
                "/Patient?_total=nope; 400; accurate",
                "/Patient?_sort=nope; 400; _sort",
                "/Patient?_format=nope; 406; _format",
                "/Patient?_lastUpdated=xx; 400; _lastUpdated",
                "/Patient?birthdate=2020-02-30; 400; birthdate",
                "/Patient?_filter=x; 400; _filter",
                "/Patient?_filter=(; 400; _filter",
                "/Observation?value-quantity=abc; 400; value-quantity",
                "/_history?_since=xx; 400; _since",
                "/_history?_at=xx; 400; _at",
                "/_history?_count=-1; 400; _count",
                "/Patient/_history?_count=abc; 400; _count",
                "/Patient/x/$everything?_count=abc; 400; _count",
                "/Patient/x/$everything?_offset=-1; 400; _offset",
                "/Patient/x?_summary=nope; 400; _summary"
            })
    void aBadValueIsRefusedByTheNameOfItsParameter(String path, int status, String saying) {
        refused(get(path), status, saying);
    }

    @Test
    void aPostedSearchAndABatchAreReadAsStrictly() {
        refused(
                post("/Patient/_search", "application/x-www-form-urlencoded", "name:nope=x".getBytes(UTF_8)),
                400,
                ":exact");
        String batch = "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":["
                + "{\"request\":{\"method\":\"GET\",\"url\":\"Patient?name:nope=x\"}},"
                + "{\"request\":{\"method\":\"GET\",\"url\":\"Patient?_filter=x\"}},"
                + "{\"request\":{\"method\":\"GET\",\"url\":\"Patient?name=xyz\"}}]}";
        var answer = post("", JSON, batch.getBytes(UTF_8));
        refused(answer, 200, ":exact");
        assertThat(answer.body())
                .contains("_filter cannot be read", "\"200 OK\"")
                .doesNotContain("\"500");
    }

    @Test
    void aPostedSearchSearchesByItsFormAndItsUrl() {
        String family = "F" + UUID.randomUUID();
        String patient =
                "{\"resourceType\":\"Patient\",\"gender\":\"male\",\"name\":[{\"family\":\"" + family + "\"}]}";
        post("/Patient", JSON, patient.getBytes(UTF_8));
        assertThat(search("/Patient/_search", "family=" + family)).contains("\"total\":1");
        assertThat(search("/Patient/_search", "family=" + family + "&gender=female"))
                .contains("\"total\":0");
        assertThat(search("/Patient/_search?gender=male", "family=" + family)).contains("\"total\":1");
        assertThat(search("/Patient/_search?gender=female", "family=" + family)).contains("\"total\":0");
        assertThat(search("/Patient/_search", "family=none")).contains("\"total\":0");
    }

    private String search(String path, String form) {
        return post(path, "application/x-www-form-urlencoded", form.getBytes(UTF_8))
                .body();
    }

    @Test
    void aMisspeltConditionSelectsNothing() {
        String id = "kept" + UUID.randomUUID();
        send(request("/Device/" + id)
                .header("Content-Type", JSON)
                .PUT(HttpRequest.BodyPublishers.ofString("{\"resourceType\":\"Device\",\"id\":\"" + id + "\"}")));
        for (String condition : new String[] {"_sort=_id", "_nope=x", "identifier=", "_expunge=true"}) {
            refused(send(request("/Device?" + condition).DELETE()), 400, condition.replaceFirst("=.*", ""));
        }
        refused(
                post("/Device", JSON, "{\"resourceType\":\"Device\"}".getBytes(UTF_8), "If-None-Exist", "type:nope=x"),
                400,
                ":nope");
        assertThat(get("/Device/" + id).statusCode()).isEqualTo(200);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base() + path));
    }
}
