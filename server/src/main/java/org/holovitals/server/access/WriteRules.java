package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.util.ResourceReferenceInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.holovitals.server.access.SmartScope.Level;
import org.holovitals.server.fhir.StorageHooks;
import org.jspecify.annotations.Nullable;

/**
 * Checks every write at the moment that it is made, however it was spelled: the resource as it was and as it becomes
 * have to be within the scopes.
 */
@Interceptor(order = RequestGate.ORDER)
public final class WriteRules implements StorageHooks {
    private static final String SUBSCRIPTION = "Subscription";

    private final FhirContext fhir;
    private final Visibility visibility;
    private final Compartments compartments;

    WriteRules(FhirContext fhir, Visibility visibility, Compartments compartments) {
        this.fhir = fhir;
        this.visibility = visibility;
        this.compartments = compartments;
    }

    /** A new resource; an update may make one under the client's id (SMART 2.2, "u"). */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    public void created(RequestDetails request, IBaseResource resource) {
        Optional<Caller> caller = RequestCaller.of(request);
        if (caller.isPresent()) {
            Set<String> owners = compartments.owners(resource);
            boolean mayCreate = may(caller.get(), resource, owners, Interaction.CREATE, Interaction.CREATE);
            boolean mayUpdate = may(caller.get(), resource, owners, Interaction.UPDATE, Interaction.CREATE);
            require(
                    request.getRestOperationType() == RestOperationTypeEnum.CREATE
                            ? mayCreate
                            : mayCreate || mayUpdate);
            checkBecoming(caller.get(), null, resource);
        }
    }

    /** A new version. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    public void updated(RequestDetails request, IBaseResource former, IBaseResource resource) {
        Optional<Caller> caller = RequestCaller.of(request);
        if (caller.isPresent()) {
            require(visibility.permits(caller.get(), former, Interaction.UPDATE)
                    && visibility.permits(caller.get(), resource, Interaction.UPDATE));
            checkBecoming(caller.get(), former, resource);
        }
    }

    /** A deletion, one of many when it is by condition. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
    public void deleted(RequestDetails request, IBaseResource resource) {
        Optional<Caller> caller = RequestCaller.of(request);
        caller.ifPresent(known -> require(visibility.permits(known, resource, Interaction.DELETE)));
    }

    private boolean may(
            Caller caller, IBaseResource resource, Set<String> owners, Interaction letter, Interaction deed) {
        return visibility.decide(caller, resource, owners, letter, deed).permits();
    }

    private void checkBecoming(Caller caller, @Nullable IBaseResource former, IBaseResource resource) {
        if (caller.isService()) {
            checkSubscription(caller, resource);
        } else {
            checkPatients(caller, former, resource);
            checkReferences(caller, resource);
        }
    }

    /** A subscription is told of every match, whatever the scopes of the one who made it. */
    private void checkSubscription(Caller caller, IBaseResource resource) {
        if (fhir.getResourceType(resource).equals(SUBSCRIPTION)) {
            require(List.of(Interaction.READ, Interaction.SEARCH).stream()
                    .allMatch(interaction -> caller.scopes().permitAll(Level.SYSTEM, interaction)));
        }
    }

    /** Nobody puts something into the record of a patient in which he may not write that. */
    private void checkPatients(Caller caller, @Nullable IBaseResource former, IBaseResource resource) {
        Set<String> joining = new HashSet<>(compartments.owners(resource));
        if (former != null) {
            joining.removeAll(compartments.owners(former));
        }
        require(joining.stream()
                .allMatch(patient -> may(caller, resource, Set.of(patient), Interaction.CREATE, Interaction.CREATE)
                        || may(caller, resource, Set.of(patient), Interaction.UPDATE, Interaction.CREATE)));
    }

    /** A reference to a hidden resource is answered like one to nothing, or writing would tell what there is. */
    private void checkReferences(Caller caller, IBaseResource resource) {
        for (ResourceReferenceInfo reference : fhir.newTerser().getAllResourceReferences(resource)) {
            IIdType target = reference.getResourceReference().getReferenceElement();
            boolean isOurs = target.hasResourceType() && target.hasIdPart() && !target.hasBaseUrl();
            if (isOurs && !visibility.isWithinReach(caller, target)) {
                throw new InvalidRequestException(
                        "Resource " + target.toUnqualifiedVersionless().getValue()
                                + " not found, specified in path: " + fhir.getResourceType(resource) + "."
                                + reference.getName());
            }
        }
    }

    private static void require(boolean isPermitted) {
        if (!isPermitted) {
            throw new ForbiddenOperationException("The scopes of the access token do not reach what would be written");
        }
    }
}
