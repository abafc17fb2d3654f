package org.holovitals.server.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holovitals.keycloak.scopes.Scope;
import org.holovitals.keycloak.scopes.ScopeCatalogue;

/**
 * {@code .well-known/smart-configuration} on the FHIR base (SMART App Launch 2.2, "Conformance"): where an app logs its
 * users in, and what it may ask for.
 */
final class SmartConfiguration extends HttpServlet {
    static final String PATH = "/fhir/.well-known/smart-configuration";
    private static final long serialVersionUID = 1;

    private static final List<String> SCOPES =
            ScopeCatalogue.all().stream().map(Scope::name).toList();

    private final transient SmartEndpoints endpoints;
    private final transient SmartCapabilities capabilities;
    private final transient ObjectMapper json;

    SmartConfiguration(SmartEndpoints endpoints, SmartCapabilities capabilities, ObjectMapper json) {
        this.endpoints = endpoints;
        this.capabilities = capabilities;
        this.json = json;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, String> known = endpoints.all();
        response.setContentType("application/json");
        if (!known.keySet().containsAll(List.of("authorization_endpoint", "token_endpoint"))) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setHeader("Retry-After", String.valueOf(RemoteDocument.PAUSE.toSeconds()));
            return;
        }
        response.getOutputStream().write(json.writeValueAsBytes(document(known)));
    }

    private Map<String, Object> document(Map<String, String> known) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", endpoints.issuer());
        document.putAll(known);
        document.put("token_endpoint_auth_methods_supported", capabilities.clientAuthentication());
        document.put("token_endpoint_auth_signing_alg_values_supported", capabilities.signatures());
        document.put("grant_types_supported", List.of("authorization_code", "client_credentials"));
        document.put("response_types_supported", List.of("code"));
        document.put("scopes_supported", SCOPES);
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put("capabilities", capabilities.names());
        return document;
    }
}
