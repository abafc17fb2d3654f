package org.holovitals.server.ledger;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.AuthenticationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.IdType;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.access.LogReach;
import org.holovitals.server.fhir.FhirProvider;
import org.jspecify.annotations.Nullable;

/** {@code /fhir/AuditEvent}: the audit log, read where it stands. */
public final class AuditEventProvider implements FhirProvider {
    private static final String CURSOR = "_cursor";
    private static final int PAGE = 20;
    private static final int MOST = 200;

    private final AuditEventReading reading;
    private final Cursors cursors;

    AuditEventProvider(AuditEventReading reading, Cursors cursors) {
        this.reading = reading;
        this.cursors = cursors;
    }

    @Override
    public Class<AuditEvent> getResourceType() {
        return AuditEvent.class;
    }

    /** One row; a row that the caller may not see does not exist. */
    @Read
    public AuditEvent read(@IdParam IdType id) {
        Caller caller = caller();
        return uuid(id.getIdPart())
                .flatMap(row -> reading.one(caller, row, LogReach.of(caller, Interaction.READ)))
                .orElseThrow(() -> new ResourceNotFoundException(
                        "Resource " + id.toUnqualified().getValue() + " is not known"));
    }

    /** A page of the rows that match. */
    @Search(allowUnknownParams = true)
    public Bundle search(RequestDetails request) {
        Caller caller = caller();
        Map<String, List<String>> asked = parameters(request);
        List<String> sealed = asked.get(CURSOR);
        Cursors.@Nullable Content cursor = sealed == null ? null : opened(caller, sealed.get(0));
        Map<String, List<String>> parameters = cursor == null ? asked : cursor.parameters();
        LogReach reach = LogReach.of(caller, Interaction.SEARCH);
        int size = size(parameters);
        AuditEventReading.Found found =
                reading.page(caller, parameters, reach, cursor == null ? null : cursor.position(), size);
        return bundle(request, caller, parameters, found);
    }

    private Cursors.Content opened(Caller caller, String sealed) {
        return cursors.open(caller, LogReach.TYPE, sealed)
                .orElseThrow(() -> new ResourceGoneException("There is no such page, or it is another caller's"));
    }

    private Bundle bundle(
            RequestDetails request,
            Caller caller,
            Map<String, List<String>> parameters,
            AuditEventReading.Found found) {
        String base = request.getFhirServerBase();
        Bundle bundle = new Bundle().setType(BundleType.SEARCHSET);
        found.total().ifPresentOrElse(bundle::setTotal, () -> AuditEventTotals.notCounted(request));
        found.page().items().forEach(event -> bundle.addEntry()
                .setFullUrl(
                        base + "/" + LogReach.TYPE + "/" + event.getIdElement().getIdPart())
                .setResource(event)
                .getSearch()
                .setMode(SearchEntryMode.MATCH));
        Position next = found.page().next();
        if (next != null) {
            String cursor = cursors.seal(caller, new Cursors.Content(LogReach.TYPE, parameters, next));
            bundle.addLink()
                    .setRelation(Bundle.LINK_NEXT)
                    .setUrl(base + "/" + LogReach.TYPE + "?" + CURSOR + "=" + cursor + format(parameters));
        }
        return bundle;
    }

    /** What says how to write the answer HAPI reads from each request anew. */
    private static String format(Map<String, List<String>> parameters) {
        StringBuilder format = new StringBuilder();
        for (String name : List.of("_format", "_pretty")) {
            parameters.getOrDefault(name, List.of()).stream()
                    .filter(value -> value.matches("[a-z/+]{1,40}"))
                    .forEach(
                            value -> format.append('&').append(name).append('=').append(value.replace("+", "%2B")));
        }
        return format.toString();
    }

    private static int size(Map<String, List<String>> parameters) {
        String count =
                parameters.getOrDefault("_count", List.of(String.valueOf(PAGE))).get(0);
        return Math.min(count.isBlank() ? PAGE : Integer.parseInt(count), MOST);
    }

    private static Map<String, List<String>> parameters(RequestDetails request) {
        Map<String, List<String>> parameters = new TreeMap<>();
        request.getParameters().forEach((name, values) -> parameters.put(name, new ArrayList<>(Arrays.asList(values))));
        return parameters;
    }

    private static Caller caller() {
        return Caller.current().orElseThrow(() -> new AuthenticationException("An access token is needed"));
    }

    static Optional<UUID> uuid(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
