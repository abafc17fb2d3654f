package org.holovitals.server.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;

/**
 * Refuses a transaction in which two entries write under the same condition: FHIR R4 3.1.0.11.2 forbids that two
 * entries match one resource, and HAPI would drop one of them in silence.
 */
@Interceptor
public final class TransactionBundles implements StorageHooks {

    private static final Pattern TYPE = Pattern.compile("([A-Z][A-Za-z]+)(?:[/?][^$]*)?");

    TransactionBundles() {}

    /** Looks at a bundle before HAPI does; throws what becomes a 400 that names both entries. */
    @Hook(Pointcut.STORAGE_TRANSACTION_PROCESSING)
    public void check(IBaseBundle incoming) {
        if (!(incoming instanceof Bundle bundle) || bundle.getType() != BundleType.TRANSACTION) {
            return;
        }
        Map<String, Integer> seen = new HashMap<>();
        List<BundleEntryComponent> entries = bundle.getEntry();
        for (int i = 0; i < entries.size(); i++) {
            checkType(i, entries.get(i));
            checkVersion(i, entries.get(i));
            String condition = condition(entries.get(i));
            Integer former = condition.isEmpty() ? null : seen.put(condition, i);
            if (former != null) {
                throw new RepeatedConditionException(former, i);
            }
        }
    }

    /** HAPI goes by the resource and would create what the URL does not say. */
    private static void checkType(int at, BundleEntryComponent entry) {
        Resource resource = entry.getResource();
        Matcher url = TYPE.matcher(String.valueOf(entry.getRequest().getUrl()));
        boolean writes = EnumSet.of(HTTPVerb.POST, HTTPVerb.PUT)
                .contains(entry.getRequest().getMethod());
        if (resource != null && writes && url.matches() && !url.group(1).equals(resource.fhirType())) {
            throw new InvalidRequestException("Bundle.entry(" + at + ").request.url is for the type " + url.group(1)
                    + ", its resource's is " + resource.fhirType());
        }
    }

    private static void checkVersion(int at, BundleEntryComponent entry) {
        String version = entry.getRequest().getIfMatch();
        if (version != null && !RequestHeaders.isVersion(version)) {
            throw new InvalidRequestException("Bundle.entry(" + at + ").request.ifMatch is " + version
                    + "; it must be a version such as W/\"1\"");
        }
    }

    /** What selects the resource that an entry writes; empty for an entry without a condition. */
    private static String condition(BundleEntryComponent entry) {
        String url = entry.getRequest().getUrl();
        if (entry.getRequest().hasIfNoneExist() && entry.hasResource()) {
            String query = entry.getRequest().getIfNoneExist();
            return entry.getResource().fhirType() + "?" + query.substring(query.indexOf('?') + 1);
        }
        boolean writes = entry.getRequest().hasMethod()
                && !List.of("GET", "HEAD")
                        .contains(entry.getRequest().getMethod().toCode());
        return writes && url != null && url.contains("?") ? url : "";
    }
}
