package org.holovitals.server.ledger;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.LogReach;
import org.jspecify.annotations.Nullable;

/** Reads rows of the log as AuditEvents, within a caller's reach. */
final class AuditEventReading {
    private final FhirContext fhir;
    private final AuditRows rows;
    private final KnownConsents consents;
    private final AuditEvents events;

    AuditEventReading(FhirContext fhir, AuditRows rows, KnownConsents consents) {
        this.fhir = fhir;
        this.rows = rows;
        this.consents = consents;
        this.events = new AuditEvents(fhir.getResourceTypes());
    }

    /**
     * What a search found.
     *
     * @param total of all pages, where it was asked for
     */
    record Found(Page<AuditEvent> page, OptionalInt total) {}

    Optional<AuditEvent> one(Caller caller, UUID id, LogReach reach) {
        Where where = new Where().and("a.id = ?", id);
        caller.call().record().about(reach.patients());
        if (!reach.isEverything()) {
            where.about(reach.patients());
        }
        return shown(caller, rows.page(where, true, 1), reach).stream().findFirst();
    }

    Found page(
            Caller caller, Map<String, List<String>> parameters, LogReach reach, @Nullable Position after, int size) {
        caller.call().record().about(reach.isEverything() ? AuditEventSearch.patients(parameters) : reach.patients());
        boolean isNewestFirst = AuditEventSearch.isNewestFirst(parameters);
        Where where = AuditEventSearch.of(fhir, parameters, reach);
        OptionalInt total = wantsTotal(parameters) ? OptionalInt.of(rows.count(where)) : OptionalInt.empty();
        if (size == 0 || says(parameters, "_summary", "count")) {
            return new Found(new Page<>(List.of(), null), OptionalInt.of(rows.count(where)));
        }
        if (after != null) {
            where.beyond(after, isNewestFirst);
        }
        Page<AuditRow> page = Page.of(rows.page(where, isNewestFirst, size + 1), size);
        return new Found(new Page<>(shown(caller, page.items(), reach), page.next()), total);
    }

    private List<AuditEvent> shown(Caller caller, List<AuditRow> found, LogReach reach) {
        Map<UUID, KnownConsents.Grant> known = consents.of(found);
        List<AuditRow> shown = found.stream()
                .map(row -> reach.isEverything()
                        ? row
                        : row.seenBy(reach.patients(), KnownConsents.ofPatients(known, reach.patients())))
                .toList();
        shown.forEach(row -> caller.call().record().about(row.patients()));
        return shown.stream().map(row -> events.of(row, known)).toList();
    }

    private static boolean wantsTotal(Map<String, List<String>> parameters) {
        return says(parameters, "_total", "accurate");
    }

    private static boolean says(Map<String, List<String>> parameters, String name, String value) {
        return parameters.getOrDefault(name, List.of()).contains(value);
    }
}
