package org.holovitals.server.intake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holovitals.server.intake.Sealing.Difference;
import org.jspecify.annotations.Nullable;

/** What the routes take and answer. */
final class Views {
    private Views() {}

    /**
     * An import.
     *
     * @param patient FHIR id
     * @param name of the file, as it was sent
     * @param findings how many entries are new, changed, duplicate, conflict, refused
     * @param entries how many are left, waiting, written, failed, undone, kept
     * @param differences in what the file's patient is not the record's
     * @param losses what of the file is left out
     */
    record ImportView(
            UUID id,
            String patient,
            String kind,
            @Nullable String name,
            String sha256,
            long bytes,
            String status,
            Instant createdAt,
            Instant expiresAt,
            Map<String, Integer> findings,
            Map<String, Integer> entries,
            List<Difference> differences,
            List<String> losses) {}

    /**
     * Imports of a record, the newest first.
     *
     * @param next to be sent as {@code before}; null at the end
     */
    record ImportPage(List<ImportView> imports, @Nullable UUID next) {}

    /**
     * One resource of a file.
     *
     * @param entry its place, by which it is named
     * @param finding new, changed, duplicate, conflict or refused
     * @param reason why it is that, or why it could not be written or undone
     * @param state left, waiting, written, failed, undone or kept
     * @param resource the record's resource that it is or was written as
     * @param what what it says, as the file has it, as long as the file is kept
     * @param when of what it says
     */
    record EntryView(
            int entry,
            String type,
            @Nullable String finding,
            @Nullable String reason,
            String state,
            @Nullable String resource,
            @Nullable String what,
            @Nullable String when) {}

    /**
     * Entries in the file's order.
     *
     * @param next to be sent as {@code after}; null at the end
     */
    record EntryPage(List<EntryView> entries, @Nullable Integer next) {}

    /**
     * What is wanted of a file.
     *
     * @param entries their places; null for all that are new or changed
     */
    record Wanted(@Nullable List<Integer> entries) {}
}
