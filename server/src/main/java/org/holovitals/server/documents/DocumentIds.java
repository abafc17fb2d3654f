package org.holovitals.server.documents;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells ids that documents can have from others. */
final class DocumentIds {
    private static final int LENGTH = 36;
    private static final int VERSION = 7;

    private DocumentIds() {}

    /** The id of a text; empty for one that no document has. */
    static Optional<UUID> read(@Nullable String text) {
        if (text == null || text.length() != LENGTH) {
            return Optional.empty();
        }
        try {
            UUID id = UUID.fromString(text);
            return id.version() == VERSION && id.toString().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
