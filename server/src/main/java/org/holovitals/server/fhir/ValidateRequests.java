package org.holovitals.server.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code $validate} answers 200 with every mistake of a resource, FHIR R4 resource-operation-validate: HAPI's
 * validator reads the text itself, so the parser before it may let pass what it would refuse in a write. A resource
 * inside of a Parameters body becomes the body, since HAPI would validate the Parameters instead.
 */
@Interceptor
public final class ValidateRequests implements FhirServerInterceptor {

    ValidateRequests() {}

    /** Before HAPI parses the body. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    public void prepare(RequestDetails request) {
        EncodingEnum encoding = encodingOf(request);
        if (encoding == null) {
            return;
        }
        Charset charset = Objects.requireNonNullElse(request.getCharset(), StandardCharsets.UTF_8);
        ValidateBody body = ValidateBody.read(new String(request.loadRequestContents(), charset), encoding);
        if (body == null) {
            return;
        }
        if (!body.type().equals(request.getResourceName()) && !"Resource".equals(request.getResourceName())) {
            throw new InvalidRequestException("This URL validates the type " + request.getResourceName()
                    + "; the body's is " + body.type() + ", which is for " + body.type() + "/$validate");
        }
        request.setRequestContents(body.resource().getBytes(charset));
        Map<String, String[]> parameters = new HashMap<>(request.getParameters());
        body.parameters().forEach((name, value) -> parameters.putIfAbsent(name, new String[] {value}));
        // It asks for what is done anyway, and HAPI does not know it.
        parameters.computeIfPresent("mode", (name, values) -> "profile".equals(values[0]) ? null : values);
        request.setParameters(parameters);
        StrictParsing.tolerate(true);
    }

    private static @Nullable EncodingEnum encodingOf(RequestDetails request) {
        boolean validates = request.getRequestType() == RequestTypeEnum.POST
                && "$validate".equals(request.getOperation())
                && request.getResourceName() != null;
        return validates ? RestfulServerUtils.determineRequestEncodingNoDefault(request) : null;
    }

    /** The body is parsed; what follows is as strict as ever. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    public void parsed() {
        StrictParsing.tolerate(false);
    }

    /** Also when it could not be parsed. */
    @Hook(Pointcut.SERVER_PROCESSING_COMPLETED)
    public void completed() {
        StrictParsing.tolerate(false);
    }
}
