package org.holovitals.server.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code audit_logs} with the user who acted.
 *
 * @param recorded when it was written, which may be after it happened
 * @param patients FHIR ids of the Patients whom it was about, ascending
 * @param isEveryone whether it was about all records
 * @param outcome {@code success}, {@code refused} or {@code failure}
 */
record AuditRow(
        UUID id,
        Instant timestamp,
        long seq,
        Instant recorded,
        Actor who,
        String action,
        String resource,
        @Nullable String resourceId,
        List<String> patients,
        List<UUID> consents,
        boolean isEveryone,
        String outcome,
        String severity,
        boolean requiresReview,
        Map<String, JsonNode> details) {
    private static final String PARAMETERS = "parameters";
    private static final String PATIENT = "Patient/";

    /** What the row says of all its patients together. */
    private static final Set<String> OF_THE_ACCESS = Set.of("method", "request", "scopes", "status", "model");

    /**
     * Who acted.
     *
     * @param user the row in users; null for a service and for somebody unknown
     * @param client the app
     */
    record Actor(
            @Nullable UUID user,
            @Nullable String name,
            @Nullable String fhirUser,
            @Nullable String client,
            @Nullable String address) {

        /** {@code user:} and the row of users, or {@code client:} and the app where no user acted, as in record_viewers. */
        String viewer() {
            return user == null ? "client:" + client : "user:" + user;
        }

        /** Neither from where, nor which record is his own where he is another patient. */
        private Actor seenBy(Set<String> own) {
            boolean isOther = fhirUser != null
                    && fhirUser.startsWith(PATIENT)
                    && !own.contains(fhirUser.substring(PATIENT.length()));
            return new Actor(user, name, isOther ? null : fhirUser, client, null);
        }
    }

    /** Where the row stands in the order of the log. */
    Position position() {
        return new Position(timestamp, seq);
    }

    /**
     * The row as somebody may see it who sees some patients only: of the others nothing stays, nor what may be of theirs. Where
     * others stood in it, the one resource may be another's.
     *
     * @param itsConsents those of the row's consents that are of these patients
     */
    AuditRow seenBy(Set<String> own, Set<UUID> itsConsents) {
        boolean isAlone = !isEveryone && own.containsAll(patients);
        Set<String> shown = new TreeSet<>(isEveryone ? own : patients);
        shown.retainAll(own);
        Map<String, JsonNode> kept = new TreeMap<>(details);
        kept.keySet().retainAll(OF_THE_ACCESS);
        if (isAlone) {
            for (String name : List.of(PARAMETERS, Counts.DETAIL)) {
                if (details.containsKey(name)) {
                    kept.put(name, details.get(name));
                }
            }
        }
        return new AuditRow(
                id,
                timestamp,
                seq,
                recorded,
                who.seenBy(own),
                action,
                resource,
                isAlone ? resourceId : null,
                List.copyOf(shown),
                consents.stream().filter(itsConsents::contains).toList(),
                isEveryone,
                outcome,
                severity,
                requiresReview,
                kept);
    }

    /** A detail as text; null where there is none. */
    @Nullable
    String detail(String name) {
        JsonNode value = details.get(name);
        return value == null || value.isNull() ? null : value.isTextual() ? value.asText() : value.toString();
    }

    /** What was searched by, as far as the log holds it: {@code patient=1&code=…}; null where there was nothing. */
    @Nullable
    String query() {
        JsonNode parameters = details.get(PARAMETERS);
        return parameters == null || parameters.isEmpty()
                ? null
                : parameters.properties().stream()
                        .map(parameter ->
                                parameter.getKey() + "=" + parameter.getValue().asText())
                        .collect(Collectors.joining("&"));
    }

    /** The scopes of the app, word by word. */
    List<String> scopes() {
        JsonNode value = details.get("scopes");
        if (value == null) {
            return List.of();
        }
        if (value.isTextual()) {
            return List.of(value.asText().trim().split("\\s+"));
        }
        List<String> words = new ArrayList<>();
        value.forEach(word -> words.add(word.asText()));
        return words;
    }
}
