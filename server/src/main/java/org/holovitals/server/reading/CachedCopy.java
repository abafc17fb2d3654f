package org.holovitals.server.reading;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.holovitals.server.stored.StoredResource;
import org.jspecify.annotations.Nullable;

/**
 * The copy that a client says it has (RFC 9110 §13.1.2 and §13.1.3). HAPI compares a time to the millisecond with one in
 * seconds, so that to it no copy is ever recent enough.
 *
 * @param tags of If-None-Match; null when there is none
 * @param since of If-Modified-Since; null when there is none that can be read
 */
record CachedCopy(@Nullable String tags, @Nullable Instant since) {
    static CachedCopy of(RequestDetails request) {
        return new CachedCopy(
                request.getHeader(Constants.HEADER_IF_NONE_MATCH),
                time(request.getHeader(Constants.HEADER_IF_MODIFIED_SINCE)).orElse(null));
    }

    /** Whether it is the same as what is stored. */
    boolean isCurrent(StoredResource stored) {
        if (tags != null) {
            String version = String.valueOf(stored.version());
            return tags.trim().equals("*")
                    || Arrays.stream(tags.split(","))
                            .map(tag -> tag.trim().replaceFirst("^W/", "").replace("\"", ""))
                            .anyMatch(version::equals);
        }
        return since != null
                && !stored.lastUpdated().truncatedTo(ChronoUnit.SECONDS).isAfter(since);
    }

    private static Optional<Instant> time(@Nullable String date) {
        try {
            return Optional.ofNullable(date)
                    .map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
