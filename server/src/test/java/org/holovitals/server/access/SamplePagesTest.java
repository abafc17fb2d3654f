package org.holovitals.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.hl7.fhir.r4.model.Bundle;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.Test;

/** Each page of a real record is there, for whoever asks. */
final class SamplePagesTest extends ServerTest {
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    @Test
    void everyPageOfEachSearchIsThere() throws IOException {
        for (String file : List.of("1-hospitals.json.gz", "2-practitioners.json.gz", "3-patient-chance.json.gz")) {
            try (InputStream in = new GZIPInputStream(
                    java.util.Objects.requireNonNull(getClass().getResourceAsStream("/sample/" + file)))) {
                assertThat(post("", "application/fhir+json", in.readAllBytes()).statusCode())
                        .isEqualTo(200);
            }
        }
        String patient = search(TestIssuer.system(), base() + "/Patient?family=Buckridge80&_sort=-_lastUpdated")
                .getEntryFirstRep()
                .getResource()
                .getIdElement()
                .getIdPart();
        List<String> wrong = new ArrayList<>();
        for (String token : List.of(TestIssuer.system(), TestIssuer.patient(patient, "patient/*.rs"))) {
            for (String sort : List.of("", "&_sort=-date", "&_sort=date", "&_sort=-_lastUpdated")) {
                for (String criteria : List.of("", "&category=vital-signs")) {
                    String url = base() + "/Observation?patient=" + patient + criteria + "&_count=5" + sort;
                    int total = search(token, url + "&_summary=count").getTotal();
                    int found = walk(token, url);
                    if (found != total) {
                        wrong.add(token.length() + sort + criteria + ": " + found + " of " + total);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private int walk(String token, String first) {
        Bundle page = search(token, first);
        int found = page.getEntry().size();
        while (page.getLink(Bundle.LINK_NEXT) != null) {
            page = search(token, page.getLink(Bundle.LINK_NEXT).getUrl());
            found += page.getEntry().size();
        }
        return found;
    }

    private static Bundle search(String token, String url) {
        HttpResponse<String> answer = sendAs(token, HttpRequest.newBuilder(URI.create(url)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return FHIR.newJsonParser()
                .parseResource(Bundle.class, new String(answer.body().getBytes(UTF_8), UTF_8));
    }
}
