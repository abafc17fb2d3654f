package org.holovitals.server.reading;

import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.server.IRestfulServer;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IPagingProvider;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.RestfulServerUtils.ResponseEncoding;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request says of how it is to be answered. */
final class Controls {
    private static final Set<String> OF_EVERY_REQUEST = Set.of("_format", "_pretty");
    private static final Set<String> OF_SEARCHES = Set.of("_format", "_pretty", "_count", "_total", "_sort");

    private final RequestDetails request;
    private final Map<String, String[]> parameters;

    private Controls(RequestDetails request, Map<String, String[]> parameters) {
        this.request = request;
        this.parameters = parameters;
    }

    static Controls of(RequestDetails request) {
        return new Controls(request, request.getParameters());
    }

    /** Of the search that a link to a page stands for. */
    static Controls of(RequestDetails request, Map<String, String[]> parameters) {
        return new Controls(request, parameters);
    }

    /** The content type when whole resources are to be answered in compact JSON; empty for everything else. */
    Optional<String> plainJson() {
        ResponseEncoding encoding = RestfulServerUtils.determineResponseEncodingWithDefault(request);
        boolean isPlain = encoding.getEncoding() == EncodingEnum.JSON
                && !RestfulServerUtils.prettyPrintResponse(request.getServer(), request);
        return isPlain ? Optional.ofNullable(encoding.getResourceContentType()) : Optional.empty();
    }

    /** Whether there is nothing that only HAPI knows how to do. */
    boolean isBare() {
        return OF_EVERY_REQUEST.containsAll(parameters.keySet());
    }

    static boolean isOfSearches(String name) {
        return OF_SEARCHES.contains(name);
    }

    /** Resources on a page; empty when they are only to be counted. */
    Optional<Integer> count() {
        IPagingProvider paging = ((IRestfulServer<?>) request.getServer()).getPagingProvider();
        String given = only("_count");
        if (given == null) {
            return Optional.of(paging.getDefaultPageSize());
        }
        int count = Integer.parseInt(given);
        return count == 0 ? Optional.empty() : Optional.of(Math.min(count, paging.getMaximumPageSize()));
    }

    /** Whether each control is given once at most. */
    boolean isClear() {
        return parameters.entrySet().stream()
                .filter(parameter -> isOfSearches(parameter.getKey()))
                .map(Map.Entry::getValue)
                .allMatch(values -> values.length == 1 && !values[0].isBlank());
    }

    /** The value of a parameter; null when it is not given. */
    @Nullable
    String only(String name) {
        String[] values = parameters.get(name);
        return values == null || values.length == 0 ? null : values[0];
    }
}
