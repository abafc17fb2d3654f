package org.holovitals.server.bulk;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code bulk_jobs}.
 *
 * @param owner who started it
 * @param types what an export takes out; everything when empty
 * @param task what to do, as JSON
 * @param requestUrl as it was asked for
 */
record BulkJob(UUID id, Kind kind, Owner owner, Set<String> types, String task, String requestUrl, State state) {

    enum Kind {
        EXPORT,
        IMPORT
    }

    enum Status {
        QUEUED,
        RUNNING,
        DONE,
        FAILED
    }

    /**
     * Who started a job.
     *
     * @param subject the issuer's id
     */
    record Owner(String client, String subject) {
        static Owner of(Caller caller) {
            return new Owner(caller.client(), caller.subject());
        }
    }

    /**
     * How far it is.
     *
     * @param attempt which time it is worked on
     * @param resources written or stored up to now
     * @param problem why it failed
     * @param transactionTime every change before it is in the export
     * @param expiresAt when its files go
     */
    record State(
            Status status,
            int attempt,
            Instant createdAt,
            long resources,
            @Nullable String problem,
            @Nullable Instant transactionTime,
            @Nullable Instant expiresAt) {}
}
