package org.holovitals.server.launch;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.holovitals.server.access.Issuer;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /oauth2/authorize}: takes out of an authorization request the scopes that the issuer does not know, and sends
 * the browser on to the issuer. What else is wrong with the request the issuer tells the app, since it alone knows where
 * the app may be sent back to.
 */
@RestController
@ConditionalOnWebApplication
final class AuthorizeEndpoint {
    /** Keycloak does not read longer request lines. */
    static final int LONGEST = 4000;

    private final Issuer issuer;
    private final RegisteredScopes scopes;

    AuthorizeEndpoint(Issuer issuer, RegisteredScopes scopes) {
        this.issuer = issuer;
        this.scopes = scopes;
    }

    @GetMapping("/oauth2/authorize")
    ResponseEntity<Void> byLink(HttpServletRequest request) {
        return pass(request.getQueryString() == null ? "" : request.getQueryString());
    }

    @PostMapping(path = "/oauth2/authorize", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Void> byForm(HttpServletRequest request) throws IOException {
        if (request.getQueryString() != null) {
            throw new Problem(
                    ProblemType.AUTHORIZATION_REQUEST_INVALID,
                    "Parameters are in the form or in the query, not in both");
        }
        // The stream, since parameters that Spring has read are no longer as they were sent.
        byte[] body = request.getInputStream().readNBytes(2 * LONGEST + 1);
        refuseLonger(body.length, 2 * LONGEST);
        return pass(new String(body, StandardCharsets.ISO_8859_1));
    }

    private ResponseEntity<Void> pass(String raw) {
        refuseLonger(raw.length(), 2 * LONGEST);
        String kept = AuthorizationRequest.parse(raw).withScope(scopes::keep);
        String endpoint = issuer.endpoint("authorization_endpoint")
                .orElseThrow(() -> new Problem(ProblemType.UNAVAILABLE, "The identity provider cannot be reached"));
        String target = endpoint + (endpoint.contains("?") ? "&" : "?") + kept;
        refuseLonger(target.length(), LONGEST);
        return ResponseEntity.status(HttpStatus.FOUND)
                .header(HttpHeaders.LOCATION, target)
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    private static void refuseLonger(int length, int longest) {
        if (length > longest) {
            throw new Problem(ProblemType.AUTHORIZATION_REQUEST_TOO_LONG);
        }
    }
}
