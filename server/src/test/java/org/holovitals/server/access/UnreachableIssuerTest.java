package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.fhir.OutcomeWriter;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** Nobody listens where the keys should be. */
final class UnreachableIssuerTest {
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final IdentitySettings SETTINGS = new IdentitySettings(
            URI.create("http://127.0.0.1:1/realms/holovitals"),
            null,
            List.of(TestIssuer.AUDIENCE),
            URI.create("http://127.0.0.1:1/keys"));

    private final Callers callers = new Callers(FHIR);
    private final Issuer issuer = new Issuer(SETTINGS, new ObjectMapper(), Clock.systemUTC());
    private final TokenCheck tokens = new TokenCheck(
            new SigningKeys(issuer.keys()),
            new TokenRules(
                    issuer.name(),
                    new Audience(SETTINGS, new MockEnvironment()),
                    callers,
                    (caller, issued) -> false,
                    Clock.systemUTC()));

    @Test
    void aTokenThatCannotBeCheckedIsAnsweredWith503() throws IOException {
        BadJwtException refused = catchThrowableOfType(BadJwtException.class, () -> tokens.decode(TestIssuer.system()));
        MockHttpServletResponse response = new MockHttpServletResponse();
        new Refusals(new OutcomeWriter(FHIR))
                .commence(
                        new MockHttpServletRequest("GET", "/fhir/Patient"),
                        response,
                        new InvalidBearerTokenException("refused", refused));
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("60");
        assertThat(response.getContentAsString()).contains("OperationOutcome", "transient");
    }

    @Test
    void smartConfigurationIsUnavailableToo() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        IdentityLink link = new IdentityLink() {
            @Override
            public Optional<String> clientSecret() {
                return Optional.empty();
            }

            @Override
            public Optional<String> launchUrl() {
                return Optional.empty();
            }
        };
        new SmartConfiguration(
                        new SmartEndpoints(issuer, link, new OwnAddress(new MockEnvironment())),
                        new SmartCapabilities(issuer, link),
                        new ObjectMapper())
                .service(new MockHttpServletRequest("GET", SmartConfiguration.PATH), response);
        assertThat(response.getStatus()).isEqualTo(503);
    }
}
