package org.holovitals.server.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestSecurityComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.UriType;
import org.holovitals.server.fhir.FhirServerInterceptor;

/** Tells in the CapabilityStatement how to get a token, for apps that do not know smart-configuration. */
@Interceptor
public final class SmartSecurity implements FhirServerInterceptor {
    private static final String URIS = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";
    private static final String SERVICES = "http://terminology.hl7.org/CodeSystem/restful-security-service";

    private final Issuer issuer;

    SmartSecurity(Issuer issuer) {
        this.issuer = issuer;
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
        add(uris, "authorize", "authorization_endpoint");
        add(uris, "token", "token_endpoint");
        add(uris, "introspect", "introspection_endpoint");
        add(uris, "revoke", "revocation_endpoint");
        if (uris.hasExtension()) {
            security.addExtension(uris);
        }
    }

    private void add(Extension uris, String name, String endpoint) {
        issuer.endpoint(endpoint).ifPresent(uri -> uris.addExtension(new Extension(name, new UriType(uri))));
    }
}
