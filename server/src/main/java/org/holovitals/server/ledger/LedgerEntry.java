package org.holovitals.server.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One access as the patient reads it.
 *
 * @param id of the AuditEvent that says the same
 * @param outcome {@code success}, {@code refused} (it was tried and not permitted) or {@code failure}
 * @param consents under which it was, or was refused
 * @param scopes what the app was granted
 */
record LedgerEntry(
        UUID id,
        Instant when,
        Viewer who,
        What what,
        String outcome,
        List<LedgerConsent> consents,
        List<String> scopes,
        Why why) {

    /**
     * Who it was.
     *
     * @param viewer to filter by
     * @param name of the person; null where nobody acted but an app, or no name is known
     * @param organization where the person works
     * @param app its name; its id where it is not registered here
     * @param model of an artificial intelligence that was shown it
     * @param isYou whether it was the reader
     */
    record Viewer(
            String viewer,
            @Nullable String name,
            @Nullable String organization,
            @Nullable String app,
            @Nullable String model,
            boolean isYou) {}

    /**
     * What was done.
     *
     * @param words such as {@code read Observation}
     * @param resource FHIR type, or name of a table or route
     * @param id of the resource, where it was one
     * @param counts resources of each type, where it was many
     */
    record What(
            String words,
            String action,
            String resource,
            @Nullable String id,
            Map<String, Integer> counts) {}

    /** A consent. */
    record LedgerConsent(UUID id, String kind, @Nullable Instant until) {}

    /**
     * What it was for.
     *
     * @param reason as whoever asked for the consent wrote it
     */
    record Why(Basis basis, @Nullable String reason) {}

    /** On what an access rests. */
    enum Basis {
        /** The patient's own. */
        OWN,
        /** A consent for treatment. */
        CONSENT,
        /** A clinician broke the glass. */
        EMERGENCY,
        /** Somebody whom the patient lets act for her. */
        PROXY,
        /** An app that the operator of the server registered, without a user. */
        SERVICE,
        /** None is known, as of what was refused. */
        NONE
    }
}
