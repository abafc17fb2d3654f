package org.holovitals.server.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CodeType;

/** Completes HAPI's CapabilityStatement: who this server is, and which of US Core's parts it serves. */
@Interceptor
public final class Capabilities implements FhirServerInterceptor {
    private static final String US_CORE = "http://hl7.org/fhir/us/core/";
    private static final String PROFILE = US_CORE + "StructureDefinition/";

    private final String version;
    private final Map<String, List<String>> profiles = ListFile.read("/us-core-profiles.txt");

    Capabilities(String version) {
        this.version = version;
    }

    /** Adds to the generated statement. */
    @Hook(Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED)
    public void complete(IBaseConformance generated) {
        CapabilityStatement statement = (CapabilityStatement) generated;
        statement.setName("HoloVitals");
        statement.setTitle("HoloVitals FHIR R4 server");
        statement.setPublisher("HoloVitals");
        statement.getSoftware().setName("HoloVitals").setVersion(version);
        statement.getImplementation().setDescription("HoloVitals FHIR R4 server");
        statement.setInstantiates(List.of(new CanonicalType(US_CORE + "CapabilityStatement/us-core-server")));
        statement.setPatchFormat(List.of(
                new CodeType("application/json-patch+json"),
                new CodeType("application/fhir+json"),
                new CodeType("application/fhir+xml")));
        statement.getRest().forEach(rest -> rest.getResource().forEach(this::nameProfiles));
    }

    private void nameProfiles(CapabilityStatementRestResourceComponent resource) {
        for (String profile : profiles.getOrDefault(resource.getType(), List.of())) {
            if (!resource.hasSupportedProfile(PROFILE + profile)) {
                resource.addSupportedProfile(PROFILE + profile);
            }
        }
    }
}
