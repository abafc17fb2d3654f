package org.holovitals.server.launch;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.IssuerTokens;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /oauth2/introspect} (SMART App Launch 2.2, "Token introspection"; RFC 7662): what an access token is worth
 * now. An app learns about its own tokens, an administrator about all; a token of another app is answered like an ended
 * one.
 */
@RestController
@ConditionalOnWebApplication
final class IntrospectEndpoint {
    private static final List<String> TOLD = List.of(
            "scope",
            "client_id",
            "token_type",
            "exp",
            "iat",
            "iss",
            "sub",
            "aud",
            "patient",
            "encounter",
            "fhirUser",
            "intent");
    private static final Map<String, Object> INACTIVE = Map.of("active", false);

    private final IssuerTokens tokens;
    private final Introspection issuer;

    IntrospectEndpoint(IssuerTokens tokens, Introspection issuer) {
        this.tokens = tokens;
        this.issuer = issuer;
    }

    @PostMapping(path = "/oauth2/introspect", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Map<String, Object> introspect(@RequestParam String token, Caller caller, HttpServletRequest request) {
        if (request.getQueryString() != null) {
            throw new Problem(ProblemType.INVALID_REQUEST, "A token in the URL ends up in logs: send a form");
        }
        // What this server would not accept needs no question, and what is no token at all does not reach the issuer.
        return tokens.isAccessToken(token) ? told(issuer.of(token), caller) : INACTIVE;
    }

    private static Map<String, Object> told(Map<String, Object> known, Caller caller) {
        boolean mayKnow = caller.hasRole(Caller.ROLE_ADMIN) || caller.client().equals(known.get("client_id"));
        if (!Boolean.TRUE.equals(known.get("active")) || !mayKnow) {
            return INACTIVE;
        }
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("active", true);
        TOLD.stream().filter(known::containsKey).forEach(name -> told.put(name, known.get(name)));
        return told;
    }
}
