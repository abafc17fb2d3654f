package org.holovitals.server.recording;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.FhirCalls;
import org.holovitals.server.audit.AccessRecord;
import org.holovitals.server.fhir.StorageHooks;

/** Says in the record of a FHIR request whose resources were shown or written. */
@Interceptor
public final class RecordedResources implements StorageHooks {
    /** Before anything can refuse. */
    private static final int FIRST = -200;

    /** Behind what takes hidden resources out, and refuses. */
    private static final int LAST = 100;

    private final FhirCalls calls;
    private final WriteRows rows;

    RecordedResources(FhirCalls calls, WriteRows rows) {
        this.calls = calls;
        this.rows = rows;
    }

    /** Everything that goes into an answer. What a batch's entry wrote stands in the entry's own row. */
    @Hook(value = Pointcut.STORAGE_PRESHOW_RESOURCES, order = LAST)
    public void shown(RequestDetails request, IPreResourceShowDetails resources) {
        Optional<Caller> caller = calls.caller(request);
        if (caller.isEmpty() || (WriteRows.isBatch(request) && isWrite(request))) {
            return;
        }
        AccessRecord record = caller.get().call().record();
        for (int i = 0; i < resources.size(); i++) {
            IBaseResource resource = resources.getResource(i);
            if (resource != null) {
                record.about(calls.ownersOfShown(resource));
            }
        }
    }

    private static boolean isWrite(RequestDetails request) {
        return !request.isSubRequest() && request.getRestOperationType() == RestOperationTypeEnum.TRANSACTION;
    }

    /** A bundle as it came, and each writing entry of a batch as a transaction of one. */
    @Hook(value = Pointcut.STORAGE_TRANSACTION_PROCESSING, order = FIRST)
    public void bundle(RequestDetails request, IBaseBundle incoming) {
        Optional<Caller> caller = calls.caller(request);
        if (caller.isEmpty() || !(incoming instanceof Bundle bundle) || WriteRows.isBatch(request)) {
            return;
        }
        AccessRecord record = caller.get().call().record();
        record.resource("Bundle", null);
        if (bundle.getType() == BundleType.BATCH) {
            record.action("batch");
            record.parts(bundle.getEntry().size());
            WriteRows.markBatch(request);
        } else {
            long reads = bundle.getEntry().stream()
                    .filter(entry -> entry.getRequest().getMethod() == HTTPVerb.GET
                            || entry.getRequest().getMethod() == HTTPVerb.HEAD)
                    .count();
            // What a transaction reads is read when its writes are committed.
            record.parts(reads > 0 && reads < bundle.getEntry().size() ? 2 : 1);
        }
    }

    /** About to be written for the first time. */
    @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED, order = FIRST)
    public void creating(RequestDetails request, IBaseResource resource) {
        asked(request, List.of(resource));
    }

    /** About to get a new version. */
    @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED, order = FIRST)
    public void updating(RequestDetails request, IBaseResource former, IBaseResource resource) {
        asked(request, List.of(former, resource));
    }

    /** Written for the first time. */
    @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED, order = LAST)
    public void created(RequestDetails request, IBaseResource resource) {
        done(request, "create", resource);
    }

    /** Has a new version. */
    @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED, order = LAST)
    public void updated(RequestDetails request, IBaseResource former, IBaseResource resource) {
        done(request, "update", resource);
    }

    /** About to be deleted: the hook behind it may run when other rows of the transaction are written already. */
    @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED, order = FIRST)
    public void deleting(RequestDetails request, IBaseResource resource) {
        asked(request, List.of(resource));
        done(request, "delete", resource);
    }

    private void asked(RequestDetails request, Collection<IBaseResource> resources) {
        calls.caller(request)
                .ifPresent(caller ->
                        resources.forEach(resource -> rows.of(caller, request).asked(calls.owners(resource))));
    }

    private void done(RequestDetails request, String action, IBaseResource resource) {
        calls.caller(request).ifPresent(caller -> rows.of(caller, request)
                .done(action, resource.fhirType(), resource.getIdElement().getIdPart(), calls.owners(resource)));
    }
}
