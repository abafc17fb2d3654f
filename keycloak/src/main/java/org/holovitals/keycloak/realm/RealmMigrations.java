package org.holovitals.keycloak.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.holovitals.keycloak.admin.AdminRefused;
import org.holovitals.keycloak.admin.RealmAdmin;

/**
 * Brings an existing realm up to this release, which an import never does. Steps are numbered from one and applied in
 * order; the realm keeps the number of the last. A step is never changed once it was released: a further one follows.
 * Each may run twice, so two servers may start at once.
 */
public final class RealmMigrations {
    /** The realm's attribute with the number of the last step. */
    static final String APPLIED = "holovitals.migration";

    private static final List<RealmStep> STEPS =
            List.of(new EventSettings(), new ServerAccountRoles(), new VerifiedAddresses());

    private static final int ATTEMPTS = 5;

    private static final RealmStep CATALOGUE = new CatalogueStep();

    private RealmMigrations() {}

    /** The number that a realm of this release has. */
    static int latest() {
        return STEPS.size();
    }

    /**
     * Applies what the realm lacks.
     *
     * @return what was changed, in words; empty for a realm that is up to date
     * @throws IllegalStateException when the account may not change the realm; the message says what it needs
     */
    public static List<String> run(RealmAdmin admin) {
        for (int attempt = 1; ; attempt++) {
            try {
                return runOnce(admin);
            } catch (AdminRefused e) {
                if (e.isOfTheAccount()) {
                    throw new IllegalStateException(
                            "The realm " + Realm.NAME + " cannot be brought up to this release: " + e.getMessage()
                                    + ". The account " + Clients.SERVER + " needs the roles "
                                    + String.join(", ", Users.SERVER_ROLES) + " of the client realm-management.",
                            e);
                }
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                // Most likely another server is at the same: Keycloak answers 409 or 500 to the second of two inserts.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500L * attempt));
            }
        }
    }

    private static List<String> runOnce(RealmAdmin admin) {
        List<String> changes = new ArrayList<>();
        int applied = applied(admin);
        for (int step = applied + 1; step <= STEPS.size(); step++) {
            apply(STEPS.get(step - 1), admin, changes);
            remember(admin, step);
        }
        apply(CATALOGUE, admin, changes);
        return changes;
    }

    private static void apply(RealmStep step, RealmAdmin admin, List<String> changes) {
        if (step.apply(admin)) {
            changes.add(step.description());
        }
    }

    private static int applied(RealmAdmin admin) {
        return admin.get("").path("attributes").path(APPLIED).asInt(0);
    }

    /** With all else that the realm has: Keycloak takes attributes that are left out for removed ones. */
    private static void remember(RealmAdmin admin, int step) {
        JsonNode realm = admin.get("");
        ((ObjectNode) realm).withObject("/attributes").put(APPLIED, String.valueOf(step));
        admin.put("", realm);
    }
}
