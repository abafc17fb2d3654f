package org.holovitals.server.vault;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.base.AesGcm;

/** Wraps and unwraps data keys by the master keys of a provider. */
final class MasterKeys {
    private final KeyProvider provider;

    MasterKeys(KeyProvider provider) {
        this.provider = provider;
    }

    KeyProvider provider() {
        return provider;
    }

    MasterKey newest() {
        List<MasterKey> keys = provider.keys();
        return keys.get(keys.size() - 1);
    }

    Optional<MasterKey> find(String id) {
        return provider.keys().stream().filter(key -> key.id().equals(id)).findFirst();
    }

    WrappedKey make(UUID id, UUID patient) {
        MasterKey master = newest();
        return new WrappedKey(id, patient, master.wrap(id, patient, AesGcm.newKey()), master.id());
    }

    DataKey unwrap(WrappedKey key) {
        byte[] bytes = key.bytes().orElseThrow(ShreddedException::new);
        MasterKey master = find(key.masterKeyId())
                .orElseThrow(() -> new IllegalStateException("Master key " + key.masterKeyId() + " is not in "
                        + provider.place() + ": put it back from where you keep it"));
        byte[] unwrapped = master.unwrap(key, bytes)
                .orElseThrow(() -> new TamperedException("A data key was changed, or stands in another's place"));
        return new DataKey(key.id(), key.patient(), AesGcm.key(unwrapped));
    }
}
