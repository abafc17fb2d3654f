package org.holovitals.server.identity;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.holovitals.keycloak.launcher.KeycloakServer;
import org.holovitals.keycloak.launcher.KeycloakSettings;
import org.holovitals.keycloak.realm.RealmMigrations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * A Keycloak that starts beside the server, which is ready only once it is: it takes a minute the first time, as long as
 * the server itself.
 */
public final class EmbeddedKeycloak implements HealthIndicator, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKeycloak.class);

    private final CompletableFuture<KeycloakServer> starting;

    /**
     * Begins to start it.
     *
     * @param whenUp is run before anybody is told that it is ready
     */
    EmbeddedKeycloak(KeycloakSettings settings, Runnable whenUp) {
        this.starting = new CompletableFuture<>();
        Thread thread = new Thread(() -> start(settings, whenUp), "keycloak-start");
        thread.start();
    }

    private void start(KeycloakSettings settings, Runnable whenUp) {
        try {
            KeycloakServer server = KeycloakServer.start(settings);
            migrate(server);
            whenUp.run();
            starting.complete(server);
        } catch (RuntimeException e) {
            starting.completeExceptionally(e);
        }
    }

    /** A realm that stays as it was still signs people in, so the server starts without what the steps bring. */
    private static void migrate(KeycloakServer server) {
        try {
            RealmMigrations.run(server.administration()).forEach(change -> LOG.info("Realm migrated: {}", change));
        } catch (RuntimeException e) {
            LOG.warn(
                    "The realm was not brought up to this release. Was Keycloak set up with another secrets.properties? {}",
                    e.getMessage());
        }
    }

    /**
     * The running Keycloak, once it is ready.
     *
     * @throws IllegalStateException with the reason when it cannot start
     */
    public KeycloakServer await() {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw new IllegalStateException(String.valueOf(reason(e).getMessage()), reason(e));
        }
    }

    /** The running Keycloak; empty while it starts, and when it could not. */
    Optional<KeycloakServer> running() {
        return starting.isDone() && !starting.isCompletedExceptionally()
                ? Optional.of(starting.join())
                : Optional.empty();
    }

    @Override
    public Health health() {
        if (!starting.isDone()) {
            return Health.outOfService().build();
        }
        return starting.isCompletedExceptionally()
                ? Health.down().build()
                : Health.up().build();
    }

    /** A start that is still under way is waited for: its processes would outlive this one. */
    @Override
    public void close() {
        starting.handle((server, problem) -> server)
                .thenAccept(EmbeddedKeycloak::end)
                .join();
    }

    private static void end(@Nullable KeycloakServer server) {
        if (server != null) {
            server.close();
        }
    }

    private static Throwable reason(CompletionException problem) {
        return problem.getCause() == null ? problem : problem.getCause();
    }
}
