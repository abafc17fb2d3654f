package org.holovitals.server.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Deletes documents that no DocumentReference has, which were expunged or waited for one in vain, and blobs that no row names: of uploads that were cut off between the blob and the row, and of documents that ended where
 * the blob could not be deleted.
 */
final class BlobSweep {
    private static final int BATCH = 1000;

    private final BlobStore store;
    private final Documents documents;
    private final Attachments attachments;
    private final Clock clock;
    private final Duration age;

    BlobSweep(BlobStore store, NewDocuments.Rows rows, Clock clock, Duration age) {
        this.store = store;
        this.documents = rows.documents();
        this.attachments = rows.attachments();
        this.clock = clock;
        this.age = age;
    }

    /** Looks at all that are old enough. */
    void once() {
        attachments.deleteWaiting(clock.instant().minus(age));
        documents.deleteUnattached(clock.instant().minus(age));
        List<UUID> batch = new ArrayList<>();
        try {
            store.before(clock.instant().minus(age), blob -> {
                batch.add(blob);
                if (batch.size() == BATCH) {
                    sweep(batch);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("The blobs cannot be listed", e);
        }
        sweep(batch);
    }

    private void sweep(List<UUID> batch) {
        Set<UUID> known = documents.withBlobs(batch);
        for (UUID blob : batch) {
            if (!known.contains(blob)) {
                delete(blob);
            }
        }
        batch.clear();
    }

    private void delete(UUID blob) {
        try {
            store.delete(blob);
        } catch (IOException e) {
            throw new UncheckedIOException("A blob cannot be deleted", e);
        }
    }
}
