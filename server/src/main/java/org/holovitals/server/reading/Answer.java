package org.holovitals.server.reading;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.holovitals.server.reading.Bundle.Entry;
import org.holovitals.server.stored.StoredResource;
import org.jspecify.annotations.Nullable;

/** Writes answers with the headers that HAPI gives them. */
final class Answer {
    /** RFC 9110, section 5.6.7; HAPI's own makes a calendar each time. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final RequestDetails request;
    private final @Nullable String contentType;
    private final Stamps.Stamp stamp;

    /**
     * To a request.
     *
     * @param contentType of compact JSON; null when HAPI has to write what the client wants, which it can of bundles
     */
    Answer(RequestDetails request, @Nullable String contentType, Stamps.Stamp stamp) {
        this.request = request;
        this.contentType = contentType;
        this.stamp = stamp;
    }

    /** One resource, or one version of it. */
    void resource(StoredResource stored, String json) throws IOException {
        name(stored);
        try (Writer writer = writer()) {
            writer.write(json);
        }
    }

    /** What the client has already: only its headers (RFC 9110 §15.4.5). */
    void notModified(StoredResource stored) throws IOException {
        name(stored);
        writer(304, false).close();
    }

    private void name(StoredResource stored) {
        String version = String.valueOf(stored.version());
        header("Content-Location", url(stored) + "/_history/" + version);
        header("ETag", RestfulServerUtils.createEtag(version));
        header("Last-Modified", DATE.format(stored.lastUpdated()));
    }

    /**
     * A page of a search.
     *
     * @param total null when the client does not want to know
     * @param next null on the last page
     */
    void bundle(@Nullable Long total, @Nullable String next, List<Entry> entries) throws IOException {
        String self = RestfulServerUtils.createLinkSelf(request.getFhirServerBase(), request);
        Bundle bundle = new Bundle(stamp.id().toString(), stamp.at(), total, self, next, entries);
        header("Last-Modified", DATE.format(stamp.at()));
        if (contentType == null) {
            convert(bundle);
            return;
        }
        try (Writer writer = writer()) {
            bundle.write(writer);
        }
    }

    /** Into XML, or what else the client wants. */
    private void convert(Bundle bundle) throws IOException {
        StringWriter json = new StringWriter();
        bundle.write(json);
        header(RecordReader.ANSWERED_BY, "reader");
        RestfulServerUtils.streamResponseAsResource(
                request.getServer(),
                request.getFhirContext().newJsonParser().parseResource(json.toString()),
                RestfulServerUtils.determineSummaryMode(request),
                200,
                false,
                request.isRespondGzip(),
                request);
    }

    /** The address of a resource's current version. */
    String url(StoredResource stored) {
        return request.getFhirServerBase() + "/" + stored.type() + "/" + stored.id();
    }

    private void header(String name, String value) {
        request.getResponse().addHeader(name, value);
    }

    private Writer writer() throws IOException {
        return writer(200, request.isRespondGzip());
    }

    private Writer writer(int status, boolean isZipped) throws IOException {
        header(RecordReader.ANSWERED_BY, "reader");
        return request.getResponse().getResponseWriter(status, contentType, "UTF-8", isZipped);
    }
}
