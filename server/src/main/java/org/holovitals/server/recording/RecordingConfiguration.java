package org.holovitals.server.recording;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import org.holovitals.server.access.FhirCalls;
import org.holovitals.server.access.VisibleRecords;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.audit.AuditWriter;
import org.holovitals.server.fhir.OutcomeWriter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where there are callers. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class RecordingConfiguration {
    /** Right behind Spring Security, which says who calls; before the account's row is looked for, which may fail. */
    private static final int ORDER = SecurityProperties.DEFAULT_FILTER_ORDER + 5;

    @Bean
    Recorder recorder(AuditWriter writer, VisibleRecords records, FhirContext fhir, Clock clock) {
        return new Recorder(writer, records, new RequestNames(fhir.getResourceTypes()), clock);
    }

    @Bean
    NamedInteractions namedInteractions(FhirContext fhir, FhirCalls calls) {
        return new NamedInteractions(fhir, calls);
    }

    @Bean
    RecordedResources recordedResources(FhirCalls calls, AuditLogs logs, Recorder recorder) {
        return new RecordedResources(calls, new WriteRows(logs, recorder));
    }

    @Bean
    FilterRegistrationBean<RecordingFilter> recordingFilter(Recorder recorder, FhirContext fhir) {
        FilterRegistrationBean<RecordingFilter> filter =
                new FilterRegistrationBean<>(new RecordingFilter(recorder, new Unrecorded(new OutcomeWriter(fhir))));
        filter.addUrlPatterns("/fhir/*", "/api/*", "/oauth2/introspect");
        filter.setOrder(ORDER);
        return filter;
    }
}
