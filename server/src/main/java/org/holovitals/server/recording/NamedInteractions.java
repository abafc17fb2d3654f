package org.holovitals.server.recording;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.FhirCalls;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.audit.AccessRecord;
import org.holovitals.server.fhir.FhirServerInterceptor;

/** Says in the record of a FHIR request what was done to what, before anything can refuse it. */
@Interceptor
public final class NamedInteractions implements FhirServerInterceptor {
    private static final int BEFORE_THE_GATE = -200;
    private static final int BEHIND_THE_GATE = 100;

    /** What works on the records of all patients, whether it shows them or not. */
    private static final Set<String> ON_EVERYTHING = Set.of("$reindex", "$expunge", "$delete-expunge", "$import");

    private final FhirCalls calls;
    private final SearchWords words;

    NamedInteractions(FhirContext fhir, FhirCalls calls) {
        this.calls = calls;
        this.words = new SearchWords(fhir);
    }

    /** Also called for each reading entry of a bundle. */
    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = BEFORE_THE_GATE)
    public void name(RequestDetails request, RestOperationTypeEnum interaction) {
        if (interaction == RestOperationTypeEnum.METADATA) {
            return;
        }
        calls.caller(request).ifPresent(caller -> {
            AccessRecord record = caller.call().record();
            String type = request.getResourceName() == null ? "System" : request.getResourceName();
            if (request.isSubRequest()) {
                record.count("entries", action(request, interaction) + " " + type);
            } else {
                record.action(action(request, interaction));
                record.resource(
                        type, request.getId() == null ? null : request.getId().getIdPart());
                describe(record, caller, request, interaction);
            }
        });
    }

    private void describe(
            AccessRecord record, Caller caller, RequestDetails request, RestOperationTypeEnum interaction) {
        record.detail("interaction", interaction.getCode());
        Map<String, String> parameters = words.of(request.getResourceName(), request.getParameters());
        if (!parameters.isEmpty()) {
            record.detail("parameters", parameters);
        }
        List<String> scopes = request.getResourceName() == null
                ? List.of()
                : calls.scopes(caller, request.getResourceName(), needed(interaction));
        if (!scopes.isEmpty()) {
            record.detail("scopes", scopes);
        }
    }

    /** Only what the gate let through. */
    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = BEHIND_THE_GATE)
    public void everyone(RequestDetails request, RestOperationTypeEnum interaction) {
        boolean isEverything =
                switch (interaction) {
                    case HISTORY_SYSTEM, HISTORY_TYPE, SEARCH_SYSTEM -> true;
                    default -> ON_EVERYTHING.contains(String.valueOf(request.getOperation()));
                };
        if (isEverything) {
            calls.caller(request).ifPresent(caller -> caller.call().record().aboutEveryone());
        }
    }

    /** How the entries of a batch ended: the batch itself is always answered with 200. */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void answered(RequestDetails request, IBaseResource answer) {
        if (answer instanceof Bundle bundle && bundle.getType() == BundleType.BATCHRESPONSE) {
            calls.caller(request).ifPresent(caller -> {
                AccessRecord record = caller.call().record();
                List<String> statuses = bundle.getEntry().stream()
                        .map(entry -> entry.getResponse().getStatus())
                        .map(status -> status == null ? "" : status.split(" ", 2)[0])
                        .toList();
                statuses.forEach(status -> record.count("statuses", status));
                int done = (int) statuses.stream()
                        .filter(status -> status.matches("[23].*"))
                        .count();
                int refused = (int) statuses.stream()
                        .filter(status -> status.matches("40[13]"))
                        .count();
                int hidden = record.facts().about().patients().isEmpty()
                        ? 0
                        : (int) statuses.stream()
                                .filter(status -> status.matches("404|410"))
                                .count();
                if (!statuses.isEmpty()) {
                    record.outcome(Outcomes.ofBatch(done, refused + hidden, record.settledParts()));
                }
            });
        }
    }

    private static String action(RequestDetails request, RestOperationTypeEnum interaction) {
        return switch (interaction) {
            case GET_PAGE -> "page";
            case SEARCH_TYPE,
                    SEARCH_SYSTEM,
                    HISTORY_INSTANCE,
                    HISTORY_TYPE,
                    HISTORY_SYSTEM,
                    READ,
                    VREAD,
                    CREATE,
                    UPDATE,
                    PATCH,
                    DELETE,
                    TRANSACTION -> interaction.getCode();
            default -> request.getOperation() == null ? interaction.getCode() : request.getOperation();
        };
    }

    private static Interaction needed(RestOperationTypeEnum interaction) {
        return switch (interaction) {
            case CREATE -> Interaction.CREATE;
            case UPDATE, PATCH, META_ADD, META_DELETE -> Interaction.UPDATE;
            case DELETE -> Interaction.DELETE;
            case SEARCH_TYPE, SEARCH_SYSTEM, HISTORY_TYPE, HISTORY_SYSTEM -> Interaction.SEARCH;
            default -> Interaction.READ;
        };
    }
}
