package org.holovitals.server.reading;

import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.server.IRestfulServer;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IPagingProvider;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.RestfulServerUtils.ResponseEncoding;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.stored.RootElements;
import org.jspecify.annotations.Nullable;

/** What a request says of how it is to be answered. */
final class Controls {
    private static final Set<String> OF_EVERY_REQUEST = Set.of("_format", "_pretty", "_elements");
    private static final Set<String> OF_SEARCHES =
            Set.of("_format", "_pretty", "_elements", "_summary", "_count", "_total", "_sort");
    private static final Set<String> SUMMARIES = Set.of("count", "false");

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

    /** Resources on a page; 0 when they are only to be counted. */
    int count() {
        IPagingProvider paging = ((IRestfulServer<?>) request.getServer()).getPagingProvider();
        String given = only("_count");
        if ("count".equals(only("_summary"))) {
            return 0;
        }
        return given == null
                ? paging.getDefaultPageSize()
                : Math.min(Integer.parseInt(given), paging.getMaximumPageSize());
    }

    /** What of each resource is answered; empty when it is not told by names of elements alone, as only HAPI understands. */
    Optional<RootElements> elements() {
        Set<String> words = Stream.of(parameters.getOrDefault("_elements", new String[0]))
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::trim)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
        return words.stream().anyMatch(word -> word.indexOf('.') >= 0)
                ? Optional.empty()
                : RootElements.of(request.getFhirContext(), words);
    }

    /** Whether each control is given once at most, and one that is understood; HAPI refuses a summary of elements. */
    boolean isClear() {
        return !(parameters.containsKey("_summary") && parameters.containsKey("_elements"))
                && SUMMARIES.contains(Objects.requireNonNullElse(only("_summary"), "false"))
                && parameters.entrySet().stream()
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
