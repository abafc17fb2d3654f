package org.holovitals.server.documents;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.holovitals.server.fhir.FhirServerInterceptor;
import org.jspecify.annotations.Nullable;

/** Answers for the Binaries of a transaction that became a DocumentReference's files, each in its place. */
@Interceptor
public final class BundledBinaryAnswers implements FhirServerInterceptor {

    BundledBinaryAnswers() {}

    /** The answer of a transaction has an entry for each of the request's. */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void answer(RequestDetails request, @Nullable IBaseResource answer) {
        if (answer instanceof Bundle bundle && bundle.getType() == BundleType.TRANSACTIONRESPONSE) {
            BundledBinaries.of(request).attachments().forEach((at, attachment) -> bundle.getEntry()
                    .add(Math.min(at, bundle.getEntry().size()), entry(attachment)));
        }
    }

    /** One whose DocumentReference was there already, by its condition, was not needed. */
    private static BundleEntryComponent entry(Attachment attachment) {
        BundleEntryComponent entry = new BundleEntryComponent();
        if (attachment.hasUrl()) {
            entry.getResponse().setStatus("201 Created").setLocation(attachment.getUrl());
        } else {
            entry.getResponse().setStatus("200 OK");
        }
        return entry;
    }
}
