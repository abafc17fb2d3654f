package org.holovitals.server.fhir;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the FHIR endpoint, under {@code holovitals.fhir}.
 *
 * @param baseUrl the public base URL; when absent each answer uses the address that the request came in by
 * @param searchParameters which of R4's search parameters are indexed; chosen before the first load
 * @param maxOrValues how many comma-separated values one search parameter may have
 * @param subscriptions whether writes are matched against Subscriptions and delivered
 * @param packages FHIR package files (.tgz), or folders of them, whose profiles the validator knows
 * @param defaultPageSize resources on a page when the client does not say
 * @param maxPageSize resources on a page at the most
 */
@Validated
@ConfigurationProperties("holovitals.fhir")
record FhirSettings(
        @Nullable String baseUrl,
        @DefaultValue("us-core") @NotNull SearchParameterSet searchParameters,
        @DefaultValue("100") @Min(1) @Max(1000) int maxOrValues,
        @DefaultValue("true") boolean subscriptions,
        @DefaultValue List<String> packages,
        @DefaultValue("20") @Min(1) @Max(1000) int defaultPageSize,
        @DefaultValue("200") @Min(1) @Max(1000) int maxPageSize) {

    /** The set of search parameters that is indexed on write. */
    enum SearchParameterSet {
        /** R4's compartments, US Core 6.1.0 and what this server's own reads need. */
        US_CORE,
        /** Every search parameter of R4, and the ones US Core adds. */
        ALL
    }
}
