package org.holovitals.server.recording;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.VisibleRecords;
import org.holovitals.server.audit.AccessRecord;
import org.holovitals.server.audit.AccessRecord.Facts;
import org.holovitals.server.audit.AuditEntry;
import org.holovitals.server.audit.AuditEntry.About;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Who;
import org.holovitals.server.audit.AuditUnavailable;
import org.holovitals.server.audit.AuditWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Makes the row of a request out of what is known of it at its end. */
final class Recorder {
    private final AuditWriter writer;
    private final VisibleRecords records;
    private final RequestNames names;
    private final Clock clock;

    Recorder(AuditWriter writer, VisibleRecords records, RequestNames names, Clock clock) {
        this.writer = writer;
        this.records = records;
        this.names = names;
        this.clock = clock;
    }

    /**
     * Makes the row durable, unless all that the request did stands in the log already.
     *
     * @throws AuditUnavailable when it cannot
     */
    void record(Caller caller, HttpServletRequest request, int status) {
        AccessRecord record = caller.call().record();
        if (record.isSettled()) {
            return;
        }
        if (record.isUnwritable()) {
            throw new AuditUnavailable("the row of a write could not be written with it", null);
        }
        Facts facts = named(record, request);
        Map<String, Object> details = new TreeMap<>(facts.details());
        details.put("status", status);
        details.put("method", request.getMethod());
        details.put("request", String.valueOf(request.getHeader("X-Request-ID")));
        Set<String> patients = new TreeSet<>(facts.about().patients());
        Outcome outcome = record.outcome().orElseGet(() -> Outcomes.of(status, facts));
        if (outcome == Outcome.SUCCESS && "Patient".equals(facts.resource()) && facts.resourceId() != null) {
            patients.add(facts.resourceId());
        }
        writer.write(entry(
                caller, request.getHeader(HttpHeaders.USER_AGENT), facts, new Ending(patients, outcome, details)));
    }

    private Facts named(AccessRecord record, HttpServletRequest request) {
        Facts facts = record.facts();
        if (facts.action() != null && facts.resource() != null) {
            return facts;
        }
        RequestNames.Name name = names.of(request);
        if (facts.action() == null) {
            record.action(name.action());
        }
        if (facts.resource() == null) {
            record.resource(name.resource(), name.id());
        }
        return record.facts();
    }

    /**
     * How an access ended.
     *
     * @param patients whose records it was about
     * @param details all of them
     */
    record Ending(Set<String> patients, Outcome outcome, Map<String, Object> details) {}

    /** The row. */
    AuditEntry entry(Caller caller, @Nullable String userAgent, Facts facts, Ending ending) {
        return new AuditEntry(
                clock.instant(),
                new Who(
                        caller.call().account(),
                        caller.client(),
                        caller.session(),
                        caller.call().address(),
                        userAgent),
                String.valueOf(facts.action()),
                String.valueOf(facts.resource()),
                facts.resourceId(),
                new About(
                        ending.patients(),
                        under(caller, facts, ending.patients()),
                        facts.about().isEveryone()),
                ending.outcome(),
                facts.severity(),
                facts.requiresReview(),
                ending.details());
    }

    /** The consents that cover these patients; nobody needs one for the own record, and a service has none. */
    private Set<UUID> under(Caller caller, Facts facts, Set<String> patients) {
        Set<UUID> under = new TreeSet<>(facts.about().consents());
        under.addAll(records.grantsFor(caller, patients));
        return under;
    }
}
