package org.holovitals.server.vault;

import java.util.Base64;
import java.util.List;

/** Keys that a setting holds, in base64. */
final class EnvironmentKeys implements KeyProvider {
    private static final String SETTING = "HOLOVITALS_VAULT_KEYS";

    private final List<MasterKey> keys;

    EnvironmentKeys(List<String> keys) {
        this.keys = keys.stream().map(key -> read(key, SETTING)).toList();
    }

    @Override
    public List<MasterKey> keys() {
        return keys;
    }

    @Override
    public boolean add() {
        return false;
    }

    @Override
    public String place() {
        return SETTING;
    }

    /** Does not quote what cannot be read, since it could be a key. */
    static MasterKey read(String base64, String place) {
        try {
            return new MasterKey(Base64.getDecoder().decode(base64.strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(place + " must hold keys of 32 bytes in base64");
        }
    }
}
