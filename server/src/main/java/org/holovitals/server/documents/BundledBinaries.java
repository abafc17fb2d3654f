package org.holovitals.server.documents;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.DocumentReference;
import org.holovitals.server.fhir.StorageHooks;

/**
 * A new Binary in a transaction that a DocumentReference of the same transaction names is the DocumentReference's file: its bytes go
 * the way of those that come inside of one. So whoever may write the DocumentReference may bring it, and nobody else has it.
 */
@Interceptor
public final class BundledBinaries implements StorageHooks {
    /** Before the entries are looked at, each for itself. */
    private static final int FIRST = -150;

    private static final String KEY = BundledBinaries.class.getName();

    BundledBinaries() {}

    /** Where in the bundle Binaries were that are not there any more, and the attachment that each became. */
    record Moved(Map<Integer, Attachment> attachments) {}

    static Moved of(RequestDetails request) {
        return request.getUserData().get(KEY) instanceof Moved moved ? moved : new Moved(Map.of());
    }

    /** Moves the bytes of all of them. */
    @Hook(value = Pointcut.STORAGE_TRANSACTION_PROCESSING, order = FIRST)
    public void move(RequestDetails request, IBaseBundle incoming) {
        if (!(incoming instanceof Bundle bundle) || bundle.getType() != BundleType.TRANSACTION) {
            return;
        }
        Map<String, List<Attachment>> named = named(bundle);
        Map<Integer, Attachment> moved = new TreeMap<>();
        List<BundleEntryComponent> left = new ArrayList<>();
        for (int at = 0; at < bundle.getEntry().size(); at++) {
            BundleEntryComponent entry = bundle.getEntry().get(at);
            List<Attachment> naming = named.get(String.valueOf(entry.getFullUrl()));
            if (naming != null && isNew(entry) && entry.getResource() instanceof Binary binary) {
                naming.forEach(attachment -> fill(attachment, binary));
                moved.put(at, naming.get(0));
            } else {
                left.add(entry);
            }
        }
        if (!moved.isEmpty()) {
            bundle.setEntry(left);
            request.getUserData().put(KEY, new Moved(moved));
        }
    }

    private static Map<String, List<Attachment>> named(Bundle bundle) {
        Map<String, List<Attachment>> named = new HashMap<>();
        for (BundleEntryComponent entry : bundle.getEntry()) {
            if (entry.getResource() instanceof DocumentReference reference) {
                InlineFiles.attachments(reference)
                        .filter(attachment -> attachment.hasUrl() && !attachment.hasData())
                        .forEach(attachment -> named.computeIfAbsent(attachment.getUrl(), url -> new ArrayList<>())
                                .add(attachment));
            }
        }
        return named;
    }

    private static boolean isNew(BundleEntryComponent entry) {
        return entry.getRequest().getMethod() == HTTPVerb.POST
                && !entry.getRequest().hasIfNoneExist();
    }

    private static void fill(Attachment attachment, Binary binary) {
        attachment.setUrl(null).setData(binary.getContent());
        if (!attachment.hasContentType()) {
            attachment.setContentType(binary.getContentType());
        }
    }
}
