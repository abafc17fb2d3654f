package org.holovitals.server.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.util.UrlUtil;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.holovitals.server.fhir.StorageHooks;

/**
 * Checks each writing entry of a bundle like a request of its own. HAPI hands over a transaction as a whole, and each
 * entry of a batch as a transaction of one; entries that read come by the {@link RequestGate}.
 */
@Interceptor(order = RequestGate.ORDER)
public final class BundleEntries implements StorageHooks {
    private final InteractionGate gate;
    private final Visibility visibility;
    private final Operations operations;

    BundleEntries(InteractionGate gate, Visibility visibility, Operations operations) {
        this.gate = gate;
        this.visibility = visibility;
        this.operations = operations;
    }

    /** Refuses a transaction for one entry that is not permitted, and a batch's entry alone. */
    @Hook(Pointcut.STORAGE_TRANSACTION_PROCESSING)
    public void check(RequestDetails request, IBaseBundle incoming) {
        Optional<Caller> caller = RequestCaller.of(request);
        if (caller.isPresent() && incoming instanceof Bundle bundle && bundle.getType() == BundleType.TRANSACTION) {
            bundle.getEntry().forEach(entry -> check(caller.get(), entry));
        }
    }

    private void check(Caller caller, BundleEntryComponent entry) {
        BundleEntryRequestComponent request = entry.getRequest();
        HTTPVerb method = request.getMethod();
        if (method == HTTPVerb.GET || method == HTTPVerb.HEAD) {
            return;
        }
        String url = request.hasUrl() ? request.getUrl() : "";
        refuseUnlisted(caller, url);
        UrlUtil.UrlParts parts = UrlUtil.parseUrl(url);
        String type = parts.getResourceType() == null && method == HTTPVerb.POST && entry.hasResource()
                ? entry.getResource().fhirType()
                : parts.getResourceType();
        if (entry.hasResource()
                && method != HTTPVerb.PATCH
                && !entry.getResource().fhirType().equals(type)) {
            throw InteractionGate.refusal("An entry of one type with the URL of another");
        }
        check(caller, interaction(method), type, parts.getResourceId(), isConditional(request, parts));
    }

    private void refuseUnlisted(Caller caller, String url) {
        if (url.contains("$") || url.contains("_search")) {
            throw InteractionGate.refusal("An operation within a bundle");
        }
        if ((url.contains("_expunge") || url.contains("_cascade")) && !operations.mayMaintain(caller)) {
            throw InteractionGate.refusal("Expunging or cascading");
        }
    }

    private void check(Caller caller, Interaction interaction, String type, String id, boolean isConditional) {
        gate.require(caller, type, interaction);
        if (isConditional) {
            gate.require(caller, type, Interaction.SEARCH);
        } else if (interaction != Interaction.CREATE && !caller.isService()) {
            if (id == null) {
                throw InteractionGate.refusal("A write without an id");
            }
            visibility.require(caller, new IdType(type, id), interaction);
        }
    }

    private static boolean isConditional(BundleEntryRequestComponent request, UrlUtil.UrlParts parts) {
        return request.hasIfNoneExist()
                || (parts.getParams() != null && !parts.getParams().isBlank());
    }

    private static Interaction interaction(HTTPVerb method) {
        return switch (method) {
            case POST -> Interaction.CREATE;
            case PUT, PATCH -> Interaction.UPDATE;
            case DELETE -> Interaction.DELETE;
            default -> throw InteractionGate.refusal("This method");
        };
    }
}
