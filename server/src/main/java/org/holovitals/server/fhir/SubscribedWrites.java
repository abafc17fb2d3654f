package org.holovitals.server.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.jpa.subscription.submit.interceptor.SubscriptionMatcherInterceptor;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.messaging.BaseResourceMessage.OperationTypeEnum;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Hands writes on to be matched only while there is a Subscription. HAPI stores a message for each write, encodes the resource
 * for it, reads it back from the database, parses and encodes it twice more, and only then finds that nobody waits for it.
 */
@Interceptor
final class SubscribedWrites extends SubscriptionMatcherInterceptor {
    private static final String SUBSCRIPTION = "Subscription";

    /** Within this a Subscription that was made on another server counts here; HAPI's registry takes a minute. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final FhirContext fhir;
    private final Clock clock;
    private volatile Known known = new Known(false, Instant.MIN);

    SubscribedWrites(JdbcClient jdbc, FhirContext fhir, Clock clock) {
        this.jdbc = jdbc;
        this.fhir = fhir;
        this.clock = clock;
    }

    private record Known(boolean isAny, Instant at) {}

    @Override
    protected void processResourceModifiedEvent(
            IBaseResource resource, OperationTypeEnum operation, RequestDetails request) {
        if (isWanted(resource)) {
            super.processResourceModifiedEvent(resource, operation, request);
        }
    }

    private boolean isWanted(IBaseResource resource) {
        Instant now = clock.instant();
        if (fhir.getResourceType(resource).equals(SUBSCRIPTION)) {
            known = new Known(true, now);
        } else if (known.at().isBefore(now.minus(FRESH))) {
            known = new Known(isAny(), now);
        }
        return known.isAny();
    }

    private boolean isAny() {
        return jdbc.sql("select exists (select from fhir.hfj_resource where res_type = ? and res_deleted_at is null)")
                .param(SUBSCRIPTION)
                .query(Boolean.class)
                .single();
    }
}
