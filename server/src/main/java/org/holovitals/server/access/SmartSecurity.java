package org.holovitals.server.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestSecurityComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.UriType;
import org.holovitals.server.fhir.FhirServerInterceptor;
import org.jspecify.annotations.Nullable;

/** Tells in the CapabilityStatement how to get a token, for apps that do not know smart-configuration. */
@Interceptor
public final class SmartSecurity implements FhirServerInterceptor {
    private static final String URIS = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";
    private static final String SERVICES = "http://terminology.hl7.org/CodeSystem/restful-security-service";

    private final SmartEndpoints endpoints;

    SmartSecurity(SmartEndpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** Adds the security section of each REST endpoint. */
    @Hook(Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED)
    public void complete(IBaseConformance generated) {
        ((CapabilityStatement) generated).getRest().forEach(rest -> describe(rest.getSecurity()));
    }

    private void describe(CapabilityStatementRestSecurityComponent security) {
        security.setCors(true);
        security.getService().clear();
        security.addService()
                .setText("OAuth2 using SMART-on-FHIR profile (see http://docs.smarthealthit.org)")
                .addCoding()
                .setSystem(SERVICES)
                .setCode("SMART-on-FHIR")
                .setDisplay("SMART-on-FHIR");
        Extension uris = new Extension(URIS);
        Map<String, String> known = endpoints.all();
        add(uris, "authorize", known.get("authorization_endpoint"));
        add(uris, "token", known.get("token_endpoint"));
        add(uris, "introspect", known.get("introspection_endpoint"));
        add(uris, "revoke", known.get("revocation_endpoint"));
        if (uris.hasExtension()) {
            security.addExtension(uris);
        }
    }

    private static void add(Extension uris, String name, @Nullable String endpoint) {
        if (endpoint != null) {
            uris.addExtension(new Extension(name, new UriType(endpoint)));
        }
    }
}
