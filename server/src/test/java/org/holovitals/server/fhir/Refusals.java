package org.holovitals.server.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

/** What every refusal has in common: an outcome that helps, and nothing of what the server is made of. */
final class Refusals {
    private Refusals() {}

    static void refused(HttpResponse<String> answer, int status, String saying) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("OperationOutcome").contains(saying);
        silentOnInternals(answer);
    }

    static void silentOnInternals(HttpResponse<String> answer) {
        assertThat(answer.body())
                .doesNotContain("HAPI-")
                .doesNotContain("Exception")
                .doesNotContain("ca.uhn")
                .doesNotContain("java.")
                .doesNotContainIgnoringCase("tomcat");
    }
}
