package org.holovitals.server.vault;

import java.util.UUID;
import javax.crypto.SecretKey;

/** The key of one patient, unwrapped. */
record DataKey(UUID id, UUID patient, SecretKey secret) {
    @Override
    public String toString() {
        return "DataKey " + id;
    }
}
