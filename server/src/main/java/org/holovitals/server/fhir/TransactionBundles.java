package org.holovitals.server.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;

/**
 * Refuses a transaction in which two entries write under the same condition: FHIR R4 3.1.0.11.2 forbids that two
 * entries match one resource, and HAPI would drop one of them in silence.
 */
@Interceptor
public final class TransactionBundles implements StorageHooks {

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
            String condition = condition(entries.get(i));
            Integer former = condition.isEmpty() ? null : seen.put(condition, i);
            if (former != null) {
                throw new RepeatedConditionException(former, i);
            }
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
