package org.holovitals.server.ledger;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import ca.uhn.fhir.util.UrlUtil;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.holovitals.server.access.LogReach;
import org.holovitals.server.fhir.FhirServerInterceptor;
import org.holovitals.server.fhir.StorageHooks;
import org.jspecify.annotations.Nullable;

/** Nobody writes an AuditEvent by FHIR: the server itself writes the log, and what it wrote stays as it is. */
@Interceptor
public final class AuditEventWrites implements FhirServerInterceptor, StorageHooks {

    AuditEventWrites() {}

    /** Before a handler is looked for, since there is none. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    public void refuse(RequestDetails request) {
        RequestTypeEnum method = request.getRequestType();
        boolean reads = method == RequestTypeEnum.GET
                || method == RequestTypeEnum.HEAD
                || method == RequestTypeEnum.OPTIONS
                || request.getOperation() != null;
        if (LogReach.TYPE.equals(request.getResourceName()) && !reads) {
            throw refusal();
        }
    }

    /** A transaction with one is refused as a whole; HAPI hands over each entry of a batch as a transaction of one. */
    @Hook(Pointcut.STORAGE_TRANSACTION_PROCESSING)
    public void refuse(RequestDetails request, IBaseBundle incoming) {
        if (isOfCaller(request)
                && incoming instanceof Bundle bundle
                && bundle.getType() == BundleType.TRANSACTION
                && bundle.getEntry().stream().anyMatch(AuditEventWrites::writes)) {
            throw refusal();
        }
    }

    /** However else it was spelled. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    public void created(RequestDetails request, IBaseResource resource) {
        if (isOfCaller(request) && resource instanceof AuditEvent) {
            throw refusal();
        }
    }

    /** What the server does for itself, such as an import of another system's records, is no caller's. */
    private static boolean isOfCaller(@Nullable RequestDetails request) {
        return request != null && !(request instanceof SystemRequestDetails);
    }

    private static boolean writes(BundleEntryComponent entry) {
        HTTPVerb method = entry.getRequest().getMethod();
        if (method == null || method == HTTPVerb.GET || method == HTTPVerb.HEAD) {
            return false;
        }
        return entry.getResource() instanceof AuditEvent
                || (entry.getRequest().hasUrl()
                        && LogReach.TYPE.equals(
                                UrlUtil.parseUrl(entry.getRequest().getUrl()).getResourceType()));
    }

    private static MethodNotAllowedException refusal() {
        return new MethodNotAllowedException(
                "AuditEvents are a view of this server's audit log: they are read and searched, never written",
                RequestTypeEnum.GET);
    }
}
