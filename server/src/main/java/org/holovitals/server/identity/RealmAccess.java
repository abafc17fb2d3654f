package org.holovitals.server.identity;

import java.util.Optional;
import java.util.function.Supplier;
import org.holovitals.keycloak.admin.RealmAdmin;
import org.holovitals.keycloak.realm.Clients;
import org.jspecify.annotations.Nullable;

/** The way to the realm's admin API, as the server's own account. */
public final class RealmAccess {
    private final Supplier<Optional<RealmAdmin>> admin;
    private final boolean development;
    private volatile @Nullable RealmAdmin known;

    private RealmAccess(Supplier<Optional<RealmAdmin>> admin, boolean development) {
        this.admin = admin;
        this.development = development;
    }

    /** To the embedded Keycloak, as soon as it runs. */
    static RealmAccess of(EmbeddedKeycloak keycloak, boolean development) {
        return new RealmAccess(
                () -> keycloak.running()
                        .map(running -> RealmAdmin.of(running.issuer(), Clients.SERVER, running.serverSecret())),
                development);
    }

    /** To another Keycloak; there is no way without a secret. */
    static RealmAccess of(RealmProperties realm) {
        String secret = realm.clientSecret();
        Optional<RealmAdmin> admin = secret == null || secret.isBlank()
                ? Optional.empty()
                : Optional.of(RealmAdmin.of(realm.reachedAt(), Clients.SERVER, secret));
        return new RealmAccess(() -> admin, false);
    }

    /** Empty while the embedded Keycloak starts, and where no account is configured. */
    public Optional<RealmAdmin> admin() {
        RealmAdmin made = known;
        if (made != null) {
            return Optional.of(made);
        }
        Optional<RealmAdmin> found = admin.get();
        known = found.orElse(null);
        return found;
    }

    /** Whether the realm is one to try the product out with. */
    public boolean isDevelopment() {
        return development;
    }
}
