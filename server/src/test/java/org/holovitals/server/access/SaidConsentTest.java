package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

/** The server with consents that a test sets. */
abstract class SaidConsentTest extends ServerTest {
    static final FhirContext FHIR = FhirContext.forR4Cached();

    @Autowired
    @SuppressWarnings("NullAway.Init")
    SaidConsents consents;

    /** A clinician of his own for each test. */
    final String clinician = UUID.randomUUID().toString();

    final String token() {
        return token("user/*.cruds");
    }

    final String token(String scopes) {
        return token(clinician, scopes, null);
    }

    static String token(String subject, String scopes, @Nullable String patient) {
        return TestIssuer.token(claims -> {
            claims.subject(subject)
                    .claim("scope", scopes)
                    .claim("sid", "session")
                    .claim("fhirUser", "Practitioner/" + subject)
                    .claim("realm_access", Map.of("roles", List.of("clinician")));
            if (patient != null) {
                claims.claim("patient", patient);
            }
        });
    }

    final String patient() {
        return id(new Patient().setActive(true));
    }

    final String id(Resource resource) {
        return client().create().resource(resource).execute().getId().getIdPart();
    }

    final HttpResponse<String> at(String token, String path) {
        return send(token, "GET", path, null);
    }

    final HttpResponse<String> send(String token, String method, String path, @Nullable Resource body) {
        return sendAs(
                token,
                HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base() + path.replace("|", "%7C")))
                        .header("Content-Type", "application/fhir+json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(
                                                FHIR.newJsonParser().encodeResourceToString(body))));
    }

    final Bundle bundle(String token, String path) {
        HttpResponse<String> answer = at(token, path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " " + answer.statusCode() + " " + answer.body());
        }
        return FHIR.newJsonParser().parseResource(Bundle.class, answer.body());
    }

    static Set<String> ids(Bundle bundle) {
        return bundle.getEntry().stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static @Nullable String next(Bundle page) {
        return page.getLink(Bundle.LINK_NEXT) == null
                ? null
                : page.getLink(Bundle.LINK_NEXT).getUrl();
    }
}
