package org.holovitals.server.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.util.FhirTerser;
import java.math.BigDecimal;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a decimal that HAPI could store and not read back: it writes numbers out, and reads at most a thousand
 * characters of one. {@link BodyCheck} finds them in JSON; these come in XML, in strings and by patches.
 */
@Interceptor
public final class StoredDecimals implements StorageHooks {
    /** The HTTP request's attribute that says whether looking at every decimal is worth its time. */
    static final String SUSPECT = StoredDecimals.class.getName();

    private final FhirTerser terser;

    StoredDecimals(FhirContext fhir) {
        terser = fhir.newTerser();
    }

    /** Throws what becomes a 422. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    public void created(IBaseResource resource, @Nullable RequestDetails request) {
        check(resource, request);
    }

    /** Throws what becomes a 422. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    public void updated(IBaseResource former, IBaseResource resource, @Nullable RequestDetails request) {
        check(resource, request);
    }

    private void check(IBaseResource resource, @Nullable RequestDetails request) {
        if (!isSuspect(request)) {
            return;
        }
        for (DecimalType decimal : terser.getAllPopulatedChildElementsOfType(resource, DecimalType.class)) {
            BigDecimal value = decimal.getValue();
            if (value != null && BodyCheck.isTooLong(value.abs().toString())) {
                throw new UnprocessableEntityException(BodyCheck.TOO_LONG + ": " + abbreviated(value));
            }
        }
    }

    private static boolean isSuspect(@Nullable RequestDetails request) {
        // An import or a job comes without an HTTP request, whose body would have been looked at.
        return !(request instanceof ServletRequestDetails client)
                || client.getServletRequest() == null
                || Boolean.TRUE.equals(client.getServletRequest().getAttribute(SUSPECT));
    }

    private static String abbreviated(BigDecimal value) {
        String text = value.toString();
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
