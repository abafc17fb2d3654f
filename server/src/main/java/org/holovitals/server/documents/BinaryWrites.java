package org.holovitals.server.documents;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.FhirCalls;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.fhir.FhirServerInterceptor;

/**
 * Takes {@code POST /fhir/Binary} where it is known whose file it is: sealed, it waits for the DocumentReference that names it. Whose
 * it is say the security context, by header or in the resource, or the caller's own record. One of nobody goes on to HAPI.
 */
@Interceptor
public final class BinaryWrites implements FhirServerInterceptor {
    private static final String TYPE = "Binary";

    private final FhirContext fhir;
    private final FhirCalls calls;
    private final DocumentReach reach;
    private final WaitingFiles waiting;

    BinaryWrites(FhirContext fhir, FhirCalls calls, DocumentReach reach, WaitingFiles waiting) {
        this.fhir = fhir;
        this.calls = calls;
        this.reach = reach;
        this.waiting = waiting;
    }

    /** False when the request is answered. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
    public boolean answer(ServletRequestDetails request) {
        boolean isMeant = request.getRestOperationType() == RestOperationTypeEnum.CREATE
                && TYPE.equals(request.getResourceName())
                && request.getHeader(Constants.HEADER_IF_NONE_EXIST) == null;
        Optional<Caller> caller = isMeant ? calls.caller(request) : Optional.empty();
        if (caller.isEmpty()
                || calls.scopes(caller.get(), TYPE, Interaction.CREATE).isEmpty()) {
            return true;
        }
        Binary binary = binary(request);
        Optional<String> patient = patient(binary).or(() -> DocumentReach.own(caller.get()));
        if (patient.isEmpty() || !binary.hasData()) {
            return true;
        }
        UUID id = InFhir.words(
                () -> waiting.take(caller.get(), reach.target(caller.get(), patient.get()), binary.getData()));
        caller.get().call().record().action("create");
        caller.get().call().record().resource(TYPE, id.toString());
        HttpServletResponse response = request.getServletResponse();
        response.setStatus(HttpServletResponse.SC_CREATED);
        response.setHeader(Constants.HEADER_LOCATION, request.getFhirServerBase() + "/" + TYPE + "/" + id);
        return false;
    }

    /** As it came: the resource in a type of FHIR's, or its bytes. */
    private Binary binary(ServletRequestDetails request) {
        String type = String.valueOf(request.getHeader(Constants.HEADER_CONTENT_TYPE));
        byte[] body = request.loadRequestContents();
        EncodingEnum encoding = EncodingEnum.forContentTypeStrict(type.replaceFirst(";.*", ""));
        if (encoding == null) {
            Binary binary = new Binary().setContentType(type);
            binary.setData(body);
            Optional.ofNullable(request.getHeader(Constants.HEADER_X_SECURITY_CONTEXT))
                    .ifPresent(context -> binary.setSecurityContext(new Reference(context)));
            return binary;
        }
        IParser parser = encoding.newParser(fhir);
        return parser.parseResource(Binary.class, new String(body, request.getCharset()));
    }

    private static Optional<String> patient(Binary binary) {
        String context = binary.getSecurityContext().getReference();
        return Optional.ofNullable(context)
                .map(IdType::new)
                .filter(id -> "Patient".equals(id.getResourceType()) && !id.hasBaseUrl())
                .map(IdType::getIdPart);
    }
}
