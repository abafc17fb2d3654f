package org.holovitals.server.vault;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code data_keys}. */
final class WrappedKey {
    private final UUID id;
    private final UUID patient;
    private final byte @Nullable [] bytes;
    private final String masterKeyId;

    WrappedKey(UUID id, UUID patient, byte @Nullable [] bytes, String masterKeyId) {
        this.id = id;
        this.patient = patient;
        this.bytes = bytes;
        this.masterKeyId = masterKeyId;
    }

    UUID id() {
        return id;
    }

    UUID patient() {
        return patient;
    }

    /** The key under its master key; empty once it is shredded. */
    Optional<byte[]> bytes() {
        return Optional.ofNullable(bytes);
    }

    String masterKeyId() {
        return masterKeyId;
    }
}
