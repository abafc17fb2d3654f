package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorBroadcaster;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IRestfulServerDefaults;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A FHIR transaction that a route of {@code /api} makes for its caller: the same rules look at what it writes, and the same rows
 * tell of it. Headers that steer HAPI are meant for {@code /fhir} and do not come through.
 */
final class CallerRequest extends RequestDetails {
    private static final Set<String> PASSED = Set.of("user-agent", "x-request-id");

    private final FhirContext fhir;
    private final HttpServletRequest request;

    CallerRequest(FhirContext fhir, Caller caller, HttpServletRequest request) {
        super((IInterceptorBroadcaster) null);
        this.fhir = fhir;
        this.request = request;
        setRequestType(RequestTypeEnum.POST);
        setRestOperationType(RestOperationTypeEnum.TRANSACTION);
        RequestCaller.put(this, caller);
    }

    @Override
    public FhirContext getFhirContext() {
        return fhir;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return PASSED.contains(name.toLowerCase(Locale.ROOT)) ? request.getHeader(name) : null;
    }

    @Override
    public List<String> getHeaders(String name) {
        String value = getHeader(name);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public void addHeader(String name, String value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setHeaders(String name, List<String> values) {
        throw new UnsupportedOperationException();
    }

    /** The bundle is handed over as it is. */
    @Override
    protected byte[] getByteStreamRequestContents() {
        return new byte[0];
    }

    @Override
    public Charset getCharset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public InputStream getInputStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public Reader getReader() {
        return Reader.nullReader();
    }

    @Override
    public @Nullable IRestfulServerDefaults getServer() {
        return null;
    }

    @Override
    @SuppressWarnings("deprecation") // HAPI has it deprecated, and abstract.
    public String getServerBaseForRequest() {
        return "";
    }
}
