package org.holovitals.server.operations;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.holovitals.server.fhir.FhirServerInterceptor;
import org.holovitals.server.reading.RecordReader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code fhir_server_requests}: time and count by interaction, resource type, status and who answered. */
@Interceptor
@Component
public final class FhirMetrics implements FhirServerInterceptor {
    private static final String STARTED = FhirMetrics.class.getName();

    private final MeterRegistry metrics;

    FhirMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** Starts the clock when HAPI has understood the URL. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    public void started(RequestDetails request) {
        request.getUserData().put(STARTED, Timer.start(metrics));
    }

    /** Stops it when the answer is written, also a refusal's. */
    @Hook(Pointcut.SERVER_PROCESSING_COMPLETED)
    public void completed(ServletRequestDetails request) {
        if (request.getUserData().get(STARTED) instanceof Timer.Sample sample) {
            sample.stop(Timer.builder("fhir.server.requests")
                    .description("FHIR interactions")
                    .tag("interaction", name(request.getRestOperationType()))
                    .tag("type", request.getResourceName() == null ? "none" : request.getResourceName())
                    .tag("status", String.valueOf(request.getServletResponse().getStatus()))
                    .tag("by", answeredBy(request))
                    .register(metrics));
        }
    }

    /** What read past HAPI says so in a header. */
    private static String answeredBy(ServletRequestDetails request) {
        return request.getServletResponse().containsHeader(RecordReader.ANSWERED_BY) ? "reader" : "hapi";
    }

    private static String name(@Nullable RestOperationTypeEnum operation) {
        return operation == null ? "unknown" : operation.getCode();
    }
}
