package org.holovitals.server.audit;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.holovitals.server.audit.AuditEntry.About;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What is known so far of the access that a request is, for the row that it leaves in the audit log. Several threads may
 * add to it: HAPI works on the entries of a batch side by side.
 */
public final class AccessRecord {
    private final Set<String> patients = new TreeSet<>();
    private final Set<UUID> consents = new TreeSet<>();
    private final Map<String, Object> details = new TreeMap<>();
    private boolean isEveryone;
    private @Nullable String action;
    private @Nullable String resource;
    private @Nullable String resourceId;
    private Severity severity = Severity.LOW;
    private boolean requiresReview;
    private @Nullable Outcome outcome;
    private int parts = 1;
    private int settled;
    private boolean isUnwritable;

    /** Names what was done, such as {@code read} or {@code approve-consent}. */
    public synchronized void action(String name) {
        action = name;
    }

    /** Names what it was done to: a FHIR type or a table, and the id in it. */
    public synchronized void resource(String type, @Nullable String id) {
        resource = type;
        resourceId = id;
    }

    /** Adds a patient, by FHIR id, whose record was asked for, shown or written. */
    public synchronized void about(String patient) {
        patients.add(patient);
    }

    /** Adds patients. */
    public synchronized void about(Collection<String> those) {
        patients.addAll(those);
    }

    /** It was about the records of all patients. */
    public synchronized void aboutEveryone() {
        isEveryone = true;
    }

    /** Adds a consent under which it was, or was refused. */
    public synchronized void under(UUID consent) {
        consents.add(consent);
    }

    /** Adds what else is known; never health information. */
    public synchronized void detail(String name, Object value) {
        details.put(name, value);
    }

    /** Counts one more of a kind in what else is known. */
    public synchronized void count(String name, String kind) {
        Map<String, Integer> counts = new TreeMap<>();
        if (details.get(name) instanceof Map<?, ?> known) {
            known.forEach((one, count) -> counts.put(String.valueOf(one), (Integer) count));
        }
        counts.merge(kind, 1, Integer::sum);
        details.put(name, Map.copyOf(counts));
    }

    /** Says how it ended, where the answer's status does not tell. */
    public synchronized void outcome(Outcome known) {
        outcome = known;
    }

    /** How it ended, if somebody said so. */
    public synchronized Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Somebody has to look at it. */
    public synchronized void requireReview(Severity atLeast) {
        requiresReview = true;
        raise(atLeast);
    }

    /** It asks for this much attention at least. */
    public synchronized void raise(Severity atLeast) {
        severity = severity.compareTo(atLeast) < 0 ? atLeast : severity;
    }

    /**
     * Says how many parts it has that are done or refused each by itself, such as the entries of a batch; one unless
     * somebody says otherwise.
     */
    public synchronized void parts(int count) {
        parts = Math.max(1, count);
    }

    /** A part stands in the log already, by a row in the transaction that did it. */
    public synchronized void settled() {
        settled++;
    }

    /** Its row could not be written, so what it did was taken back. */
    public synchronized void unwritable() {
        isUnwritable = true;
    }

    /** Whether its row was tried in vain. */
    public synchronized boolean isUnwritable() {
        return isUnwritable;
    }

    /** How many of its parts stand in the log already. */
    public synchronized int settledParts() {
        return settled;
    }

    /** Whether all of it stands in the log already. */
    public synchronized boolean isSettled() {
        return settled >= parts;
    }

    /** What was said of it until now. */
    public synchronized Facts facts() {
        return new Facts(
                action,
                resource,
                resourceId,
                new About(Set.copyOf(patients), Set.copyOf(consents), isEveryone),
                severity,
                requiresReview,
                Map.copyOf(details));
    }

    /**
     * What a record holds at a moment.
     *
     * @param action null while nobody has named it; so are resource and resourceId
     */
    public record Facts(
            @Nullable String action,
            @Nullable String resource,
            @Nullable String resourceId,
            About about,
            Severity severity,
            boolean requiresReview,
            Map<String, Object> details) {}
}
