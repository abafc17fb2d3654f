package org.holovitals.server.ledger;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.storage.interceptor.balp.BalpProfileEnum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.holovitals.server.access.LogReach;
import org.holovitals.server.fhir.FhirServerInterceptor;

/** Says of AuditEvent what is served, where HAPI would say what it could store. */
@Interceptor(order = AuditEventCapabilities.AFTER_THE_OTHERS)
public final class AuditEventCapabilities implements FhirServerInterceptor {
    static final int AFTER_THE_OTHERS = 100;

    AuditEventCapabilities() {}

    /** Replaces what was generated. */
    @Hook(Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED)
    public void say(IBaseConformance generated) {
        ((CapabilityStatement) generated).getRest().forEach(AuditEventCapabilities::say);
    }

    private static void say(CapabilityStatementRestComponent rest) {
        List<CapabilityStatementRestResourceComponent> types = rest.getResource().stream()
                .map(type -> type.getType().equals(LogReach.TYPE) ? auditEvent(type.getProfile()) : type)
                .toList();
        // HAPI looks for includes in its storage, where no AuditEvent is.
        types.forEach(type -> type.getSearchRevInclude()
                .removeIf(include -> include.getValue().startsWith(LogReach.TYPE + ":")));
        rest.setResource(new ArrayList<>(types));
    }

    private static CapabilityStatementRestResourceComponent auditEvent(String profile) {
        CapabilityStatementRestResourceComponent type = new CapabilityStatementRestResourceComponent();
        type.setType(LogReach.TYPE).setProfile(profile);
        type.setSupportedProfile(Arrays.stream(BalpProfileEnum.values())
                .map(BalpProfileEnum::getProfileUrl)
                .map(CanonicalType::new)
                .toList());
        type.addInteraction().setCode(TypeRestfulInteraction.READ);
        type.addInteraction().setCode(TypeRestfulInteraction.SEARCHTYPE);
        for (Map.Entry<String, String> parameter : new TreeMap<>(AuditEventSearch.PARAMETERS).entrySet()) {
            type.addSearchParam().setName(parameter.getKey()).setType(SearchParamType.fromCode(parameter.getValue()));
        }
        return type;
    }
}
