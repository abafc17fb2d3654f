package org.holovitals.server.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code .well-known/smart-configuration} on the FHIR base (SMART App Launch 2.2, "Conformance"): where an app logs its
 * users in, and what it may ask for.
 */
final class SmartConfiguration extends HttpServlet {
    static final String PATH = "/fhir/.well-known/smart-configuration";
    private static final long serialVersionUID = 1;

    private static final List<String> CAPABILITIES = List.of(
            "launch-standalone",
            "client-public",
            "client-confidential-asymmetric",
            "sso-openid-connect",
            "context-standalone-patient",
            "permission-offline",
            "permission-patient",
            "permission-user",
            "permission-v1",
            "permission-v2");
    private static final List<String> SCOPES = List.of(
            "openid",
            "fhirUser",
            "launch/patient",
            "offline_access",
            "patient/*.rs",
            "patient/*.cruds",
            "user/*.rs",
            "user/*.cruds",
            "system/*.rs",
            "system/*.cruds");

    private final transient Issuer issuer;
    private final transient ObjectMapper json;

    SmartConfiguration(Issuer issuer, ObjectMapper json) {
        this.issuer = issuer;
        this.json = json;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> authorize = issuer.endpoint("authorization_endpoint");
        Optional<String> token = issuer.endpoint("token_endpoint");
        response.setContentType("application/json");
        if (authorize.isEmpty() || token.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setHeader("Retry-After", String.valueOf(RemoteDocument.PAUSE.toSeconds()));
            return;
        }
        response.getOutputStream().write(json.writeValueAsBytes(document(authorize.get(), token.get())));
    }

    private Map<String, Object> document(String authorize, String token) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer.name());
        for (String optional : List.of("jwks_uri", "introspection_endpoint", "revocation_endpoint")) {
            issuer.endpoint(optional).ifPresent(endpoint -> document.put(optional, endpoint));
        }
        document.put("authorization_endpoint", authorize);
        document.put("token_endpoint", token);
        document.put("token_endpoint_auth_methods_supported", List.of("private_key_jwt"));
        document.put("token_endpoint_auth_signing_alg_values_supported", List.of("RS384", "ES384"));
        document.put("grant_types_supported", List.of("authorization_code", "client_credentials"));
        document.put("response_types_supported", List.of("code"));
        document.put("scopes_supported", SCOPES);
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put("capabilities", CAPABILITIES);
        return document;
    }
}
