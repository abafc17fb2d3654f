package org.holovitals.server.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IIdType;
import org.holovitals.server.fhir.FhirServerInterceptor;

/**
 * Stands before every handler, also before that of a bundle's GET entry: the scopes have to permit the interaction, and
 * a caller who sees some patients only has to see the one resource that the request names. Unlisted interactions are
 * refused.
 */
@Interceptor(order = RequestGate.ORDER)
public final class RequestGate implements FhirServerInterceptor {
    static final int ORDER = -100;

    private final InteractionGate gate;
    private final Visibility visibility;
    private final Operations operations;
    private final PageLinks pages;

    RequestGate(InteractionGate gate, Visibility visibility, Operations operations, PageLinks pages) {
        this.gate = gate;
        this.visibility = visibility;
        this.operations = operations;
        this.pages = pages;
    }

    /** Ties the caller to the request. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    public void identify(RequestDetails request) {
        CallerAuthentication.current().ifPresent(caller -> RequestCaller.put(request, caller));
    }

    /** Lets the request on to its handler, or throws what it is answered with. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    public void check(RequestDetails request, RestOperationTypeEnum interaction) {
        if (interaction == RestOperationTypeEnum.METADATA) {
            return;
        }
        Optional<Caller> caller = RequestCaller.of(request);
        if (caller.isPresent()) {
            check(caller.get(), request, interaction);
        }
    }

    private void check(Caller caller, RequestDetails request, RestOperationTypeEnum interaction) {
        String type = request.getResourceName();
        switch (interaction) {
            case READ, VREAD, HISTORY_INSTANCE -> instance(caller, request, interaction);
            case HISTORY_TYPE -> history(caller, type);
            case HISTORY_SYSTEM, SEARCH_SYSTEM -> wholeSystem(caller);
            case SEARCH_TYPE -> search(caller, type);
            case CREATE -> create(caller, request, type);
            case UPDATE, PATCH -> change(caller, request, Interaction.UPDATE);
            case DELETE -> change(caller, request, Interaction.DELETE);
            // Each page's resources are checked by themselves, too.
            case GET_PAGE -> {
                if (!DirectRead.isOn(request)) {
                    pages.requireOwn(caller, request);
                }
            }
            // Each entry of a bundle is checked by itself.
            case TRANSACTION -> {}
            case EXTENDED_OPERATION_SERVER,
                    EXTENDED_OPERATION_TYPE,
                    EXTENDED_OPERATION_INSTANCE,
                    VALIDATE,
                    META,
                    META_ADD,
                    META_DELETE -> operations.check(caller, request);
            default -> throw InteractionGate.refusal("This interaction");
        }
    }

    /** Each version is whose it names; a resource that moved from one record to another has been both patients'. */
    private void instance(Caller caller, RequestDetails request, RestOperationTypeEnum interaction) {
        if (LogReach.TYPE.equals(request.getResourceName())) {
            LogReach.require(caller, Interaction.READ);
            return;
        }
        gate.require(caller, request.getResourceName(), Interaction.READ);
        if (caller.isService() || DirectRead.isOn(request)) {
            return;
        }
        switch (interaction) {
            case VREAD -> visibility.requireVersion(caller, request.getId());
            case HISTORY_INSTANCE -> visibility.requireAnyVersion(caller, request.getId());
            default -> visibility.require(caller, request.getId(), Interaction.READ);
        }
    }

    private void search(Caller caller, String type) {
        if (LogReach.TYPE.equals(type)) {
            LogReach.require(caller, Interaction.SEARCH);
        } else {
            gate.require(caller, type, Interaction.SEARCH);
        }
    }

    /** The counts of a type's history tell of all patients. */
    private void history(Caller caller, String type) {
        gate.require(caller, type, Interaction.SEARCH);
        requireService(caller);
    }

    private static void wholeSystem(Caller caller) {
        requireService(caller);
        if (!caller.scopes().permitAll(SmartScope.Level.SYSTEM, Interaction.SEARCH)) {
            throw InteractionGate.refusal("The whole system");
        }
    }

    private static void requireService(Caller caller) {
        if (!caller.isService()) {
            throw InteractionGate.refusal("A history beyond one resource's");
        }
    }

    private void create(Caller caller, RequestDetails request, String type) {
        gate.require(caller, type, Interaction.CREATE);
        if (request.getHeader("If-None-Exist") != null) {
            gate.require(caller, type, Interaction.SEARCH);
        }
    }

    private void change(Caller caller, RequestDetails request, Interaction interaction) {
        String type = request.getResourceName();
        IIdType id = request.getId();
        gate.require(caller, type, interaction);
        refuseExpunge(caller, request);
        if (id == null || !id.hasIdPart()) {
            gate.require(caller, type, Interaction.SEARCH);
        } else if (!caller.isService()) {
            visibility.require(caller, id, interaction);
        }
    }

    private void refuseExpunge(Caller caller, RequestDetails request) {
        boolean reachesFurther = request.getParameters().containsKey("_expunge")
                || request.getParameters().containsKey("_cascade");
        if (reachesFurther && !operations.mayMaintain(caller)) {
            throw new ForbiddenOperationException("Only a service with all scopes may expunge or cascade");
        }
    }
}
