package org.holovitals.server.vault;

import java.util.List;

/** Where the master keys are kept. */
sealed interface KeyProvider permits FileKeys, EnvironmentKeys, KeystoreKeys {

    /** All that are there now, the newest last: it wraps, the others still unwrap. At least one. */
    List<MasterKey> keys();

    /** Makes one that is the newest from now on; false where an operator has to bring it. */
    boolean add();

    /** Where that is, for an operator. */
    String place();

    /** The provider that the settings name. */
    static KeyProvider of(VaultSettings settings) {
        if (!settings.keys().isEmpty()) {
            return new EnvironmentKeys(settings.keys());
        }
        return settings.keystore() == null || settings.keystore().toString().isBlank()
                ? FileKeys.in(settings.directory())
                : new KeystoreKeys(settings.keystore(), settings.keystorePassword());
    }
}
