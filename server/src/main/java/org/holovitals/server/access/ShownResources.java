package org.holovitals.server.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.IPreResourceAccessDetails;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SimplePreResourceAccessDetails;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.holovitals.server.fhir.StorageHooks;

/** Takes out of every answer what the caller may not see: found, included, historic or just written. */
@Interceptor(order = RequestGate.ORDER)
public final class ShownResources implements StorageHooks {
    private final Visibility visibility;
    private final Grants grants;

    ShownResources(Visibility visibility, Grants grants) {
        this.visibility = visibility;
        this.grants = grants;
    }

    /**
     * A resource by id, or versions of it: what is hidden here is answered as an id that does not exist. What a search
     * found is looked at when it is shown, since it would be loaded twice otherwise; but for all of a record.
     */
    @Hook(Pointcut.STORAGE_PREACCESS_RESOURCES)
    public void read(RequestDetails request, IPreResourceAccessDetails resources) {
        Optional<Caller> caller = RequestCaller.of(request);
        if (caller.isEmpty()
                || !(resources instanceof SimplePreResourceAccessDetails || isCounted(caller.get(), request))) {
            return;
        }
        for (int i = 0; i < resources.size(); i++) {
            if (!maySee(caller.get(), request, resources.getResource(i))) {
                resources.setDontReturnResourceAtIndex(i);
            }
        }
    }

    /** What a patient does not show to a clinician would otherwise be seen in the total and the pages of all of a record. */
    private boolean isCounted(Caller caller, RequestDetails request) {
        boolean mayBeEverything = "$everything".equals(request.getOperation())
                || request.getRestOperationType() == RestOperationTypeEnum.GET_PAGE;
        return mayBeEverything && !caller.isService() && grants.needConsent(caller);
    }

    /** Everything that goes into an answer. */
    @Hook(Pointcut.STORAGE_PRESHOW_RESOURCES)
    public void show(RequestDetails request, IPreResourceShowDetails resources) {
        Optional<Caller> caller = RequestCaller.of(request);
        if (caller.isEmpty()) {
            return;
        }
        for (int i = 0; i < resources.size(); i++) {
            IBaseResource resource = resources.getResource(i);
            if (resource != null && !maySee(caller.get(), request, resource)) {
                resources.setResource(i, null);
            }
        }
    }

    private boolean maySee(Caller caller, RequestDetails request, IBaseResource resource) {
        Optional<Decision> permitted = interactions(request.getRestOperationType()).stream()
                .map(interaction -> visibility.decideOnShown(caller, resource, interaction))
                .filter(Decision::permits)
                .findFirst();
        permitted.map(Decision::consent).ifPresent(caller.call().record()::under);
        return permitted.isPresent();
    }

    /** By which of these a resource is met. A page may be of a search or of a history; the first one was checked. */
    private static List<Interaction> interactions(RestOperationTypeEnum operation) {
        return switch (operation) {
            case READ, VREAD, HISTORY_INSTANCE -> List.of(Interaction.READ);
            case CREATE, UPDATE, PATCH, DELETE, TRANSACTION, GET_PAGE -> List.of(Interaction.READ, Interaction.SEARCH);
            default -> List.of(Interaction.SEARCH);
        };
    }
}
