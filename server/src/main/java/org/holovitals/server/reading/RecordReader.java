package org.holovitals.server.reading;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.HookParams;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.DirectRead;
import org.holovitals.server.fhir.FhirServerInterceptor;

/**
 * Answers what it can before HAPI's handlers do, behind the same gates. It answers successes only: what is unknown, deleted,
 * hidden or not understood goes on to HAPI, which has the words for it.
 */
@Interceptor
public final class RecordReader implements FhirServerInterceptor {
    /** The header that says that an answer came from here and not from HAPI. */
    public static final String ANSWERED_BY = "X-Answered-By";

    private static final Set<RestOperationTypeEnum> ANSWERED = EnumSet.of(
            RestOperationTypeEnum.READ,
            RestOperationTypeEnum.VREAD,
            RestOperationTypeEnum.SEARCH_TYPE,
            RestOperationTypeEnum.EXTENDED_OPERATION_INSTANCE,
            RestOperationTypeEnum.EXTENDED_OPERATION_TYPE,
            RestOperationTypeEnum.GET_PAGE);

    private final Reads reads;
    private final Searches searches;
    private final Everything everything;
    private final LastObservations latest;
    private final Links links;
    private final Stamps stamps;

    RecordReader(
            Reads reads,
            Searches searches,
            Everything everything,
            LastObservations latest,
            Links links,
            Stamps stamps) {
        this.latest = latest;
        this.reads = reads;
        this.searches = searches;
        this.everything = everything;
        this.links = links;
        this.stamps = stamps;
    }

    /** Looks up what the request asks for. */
    @FunctionalInterface
    interface Reading {
        /** The answer; empty when it turns out that HAPI has to give one. */
        Optional<Writing> read() throws IOException;
    }

    /** An answer that only has to be written. */
    @FunctionalInterface
    interface Writing {
        void to(Answer answer) throws IOException;
    }

    /** False when the request is answered. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
    public boolean answer(ServletRequestDetails request) throws IOException {
        if (!ANSWERED.contains(request.getRestOperationType())) {
            return true;
        }
        Optional<Caller> caller = Caller.of(request);
        Optional<String> contentType = Controls.of(request).plainJson();
        if (caller.isEmpty() || (contentType.isEmpty() && !isOnlyHere(request))) {
            return true;
        }
        Optional<Writing> writing = read(request, caller.get());
        if (writing.isEmpty()) {
            return true;
        }
        DirectRead.begin(request);
        passGates(request);
        writing.get().to(new Answer(request, contentType.orElse(null), stamps.next()));
        return false;
    }

    /** Who may not ask is told so, and not what is wrong with the question. */
    private Optional<Writing> read(ServletRequestDetails request, Caller caller) throws IOException {
        try {
            Optional<Reading> reading = reading(request, caller);
            return reading.isEmpty() ? Optional.empty() : reading.get().read();
        } catch (BaseServerResponseException refused) {
            passGates(request);
            throw refused;
        }
    }

    /** What HAPI cannot answer, in whatever format it is asked for. */
    private static boolean isOnlyHere(RequestDetails request) {
        return Everything.isOnlyHere(request) || LastObservations.isAsked(request) || Links.isIn(request);
    }

    private Optional<Reading> reading(RequestDetails request, Caller caller) {
        return switch (request.getRestOperationType()) {
            case READ, VREAD -> reads.of(request, caller);
            case SEARCH_TYPE -> searches.first(request, caller);
            case EXTENDED_OPERATION_INSTANCE -> everything.first(request, caller);
            case EXTENDED_OPERATION_TYPE ->
                LastObservations.isAsked(request) ? Optional.of(latest.of(request, caller)) : Optional.empty();
            case GET_PAGE ->
                links.open(request, caller)
                        .flatMap(link -> link.subject().id() == null
                                ? searches.of(request, caller, link)
                                : everything.of(request, caller, link));
            default -> Optional.empty();
        };
    }

    /** As HAPI does before it calls a handler: what names the request for the audit log, and whatever may refuse it. */
    private static void passGates(ServletRequestDetails request) {
        HookParams parameters = new HookParams();
        parameters.add(RestOperationTypeEnum.class, request.getRestOperationType());
        parameters.add(RequestDetails.class, request);
        parameters.add(ServletRequestDetails.class, request);
        request.getInterceptorBroadcaster().callHooks(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, parameters);
    }
}
