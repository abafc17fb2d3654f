package org.holovitals.server.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.PreferReturnEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import java.util.EnumSet;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.jspecify.annotations.Nullable;

/** Answers a bundle with {@code Prefer: return=minimal} without HAPI's words on each entry that was done. */
@Interceptor
public final class MinimalBundles implements FhirServerInterceptor {
    private static final Set<BundleType> ANSWERS = EnumSet.of(BundleType.TRANSACTIONRESPONSE, BundleType.BATCHRESPONSE);

    MinimalBundles() {}

    /** What is said of an entry that was refused stays. */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void shorten(RequestDetails request, @Nullable IBaseResource answer) {
        if (answer instanceof Bundle bundle && ANSWERS.contains(bundle.getType()) && isMinimal(request)) {
            bundle.getEntry().forEach(entry -> shorten(entry.getResponse()));
        }
    }

    private static boolean isMinimal(RequestDetails request) {
        return RestfulServerUtils.parsePreferHeader(null, request.getHeader("Prefer"))
                        .getReturn()
                == PreferReturnEnum.MINIMAL;
    }

    private static void shorten(BundleEntryResponseComponent response) {
        if (response.hasStatus() && response.getStatus().startsWith("2")) {
            response.setOutcome(null);
        }
    }
}
