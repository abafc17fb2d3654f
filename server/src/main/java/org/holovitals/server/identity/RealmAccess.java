package org.holovitals.server.identity;

import java.util.Optional;
import java.util.function.Supplier;
import org.holovitals.keycloak.admin.RealmAdmin;
import org.holovitals.keycloak.realm.Clients;
import org.jspecify.annotations.Nullable;

/** The server's own account in the realm, and the way to the realm's admin API with it. */
public final class RealmAccess {
    private final Supplier<Optional<Account>> account;
    private final boolean development;
    private volatile @Nullable RealmAdmin known;

    private RealmAccess(Supplier<Optional<Account>> account, boolean development) {
        this.account = account;
        this.development = development;
    }

    private record Account(String issuer, String secret) {}

    /** To the embedded Keycloak, as soon as it runs. */
    static RealmAccess of(EmbeddedKeycloak keycloak, boolean development) {
        return new RealmAccess(
                () -> keycloak.running().map(running -> new Account(running.issuer(), running.serverSecret())),
                development);
    }

    /** To another Keycloak; there is no way without a secret. */
    static RealmAccess of(RealmProperties realm) {
        Optional<Account> account = Optional.ofNullable(realm.clientSecret())
                .filter(secret -> !secret.isBlank())
                .map(secret -> new Account(realm.reachedAt(), secret));
        return new RealmAccess(() -> account, false);
    }

    /** Empty while the embedded Keycloak starts, and where no account is configured. */
    public Optional<RealmAdmin> admin() {
        RealmAdmin made = known;
        if (made != null) {
            return Optional.of(made);
        }
        Optional<RealmAdmin> found =
                account.get().map(own -> RealmAdmin.of(own.issuer(), Clients.SERVER, own.secret()));
        known = found.orElse(null);
        return found;
    }

    /** The account's secret; empty when there is no {@link #admin()}. */
    Optional<String> secret() {
        return account.get().map(Account::secret);
    }

    /** Whether the realm is one to try the product out with. */
    public boolean isDevelopment() {
        return development;
    }
}
