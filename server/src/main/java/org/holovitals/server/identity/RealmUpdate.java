package org.holovitals.server.identity;

import java.time.Duration;
import org.holovitals.keycloak.admin.AdminRefused;
import org.holovitals.keycloak.admin.AdminUnreachable;
import org.holovitals.keycloak.admin.RealmAdmin;
import org.holovitals.keycloak.realm.RealmMigrations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Brings the realm of a Keycloak that runs elsewhere up to this release, once the server has started; the embedded one's
 * is at its own start. A Keycloak that does not answer yet is asked again.
 */
final class RealmUpdate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RealmUpdate.class);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final @Nullable RealmAccess realm;
    private volatile @Nullable Thread thread;

    RealmUpdate(@Nullable RealmAccess realm) {
        this.realm = realm;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (realm != null) {
            realm.admin().ifPresent(admin -> {
                Thread made = new Thread(() -> run(admin), "realm-update");
                made.setDaemon(true);
                made.start();
                thread = made;
            });
        }
    }

    private static void run(RealmAdmin admin) {
        try {
            while (!isDone(admin)) {
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isDone(RealmAdmin admin) {
        try {
            RealmMigrations.run(admin).forEach(change -> LOG.info("Realm migrated: {}", change));
            return true;
        } catch (AdminUnreachable e) {
            LOG.warn("The realm is brought up to this release later: {}", e.getMessage());
            return false;
        } catch (AdminRefused | IllegalStateException e) {
            LOG.warn("{}", e.getMessage());
            return true;
        }
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
