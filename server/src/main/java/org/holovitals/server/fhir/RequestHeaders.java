package org.holovitals.server.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads conditional headers and version ids before HAPI does, which fails on what is none. */
final class RequestHeaders {
    private static final Pattern VERSION = Pattern.compile("(?:W/)?\"?\\d{1,18}\"?");
    private static final String CACHE_CONTROL = "Cache-Control";
    private static final int MOST_DIGITS = 18;

    private RequestHeaders() {}

    /** Throws what becomes a 400 that names the header, or the 404 of a version that cannot be. */
    static void check(RequestDetails request) {
        String version = request.getHeader("If-Match");
        if (version != null && !isVersion(version)) {
            throw new InvalidRequestException("If-Match is " + version + "; it must be a version such as W/\"1\"");
        }
        String since = request.getHeader("If-Modified-Since");
        if (since != null && !isHttpDate(since)) {
            throw new InvalidRequestException(
                    "If-Modified-Since is " + since + "; it must be a date such as Tue, 01 Jul 2025 08:00:00 GMT");
        }
        checkVersion(request);
        keepPages(request);
    }

    /**
     * HAPI answers a search with {@code no-store}, which browsers send for fhirclient, by its first page without a link
     * to the next one. To HTTP it says only that nobody shall keep the answer (RFC 9111, 5.2.1.5).
     */
    private static void keepPages(RequestDetails request) {
        String cacheControl = String.valueOf(request.getHeader(CACHE_CONTROL));
        if (cacheControl.contains("no-store") && !cacheControl.contains("max-results")) {
            request.setHeaders(CACHE_CONTROL, List.of("no-cache"));
        }
    }

    static boolean isVersion(String etag) {
        return VERSION.matcher(etag.trim()).matches();
    }

    private static void checkVersion(RequestDetails request) {
        String version = request.getId() == null ? null : request.getId().getVersionIdPart();
        if (version != null && version.length() > MOST_DIGITS) {
            throw new ResourceNotFoundException("There is no version " + version + " of "
                    + request.getId().toUnqualifiedVersionless().getValue());
        }
    }

    private static boolean isHttpDate(@Nullable String text) {
        try {
            DateTimeFormatter.RFC_1123_DATE_TIME.parse(String.valueOf(text).trim());
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
