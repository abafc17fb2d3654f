package org.holovitals.server.registration;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.holovitals.server.audit.AuditEntry;
import org.holovitals.server.audit.AuditEntry.About;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Registers apps and records who did. Keycloak is no part of the database's transaction: what was done there and cannot be
 * recorded here is taken back, and where it cannot be taken back it is not answered.
 */
final class Registrations {
    private final AppCheck check;
    private final Apps apps;
    private final AuditLogs audit;
    private final KnownApps known;
    private final Clock clock;

    Registrations(AppCheck check, Apps apps, AuditLogs audit, KnownApps known, Clock clock) {
        this.check = check;
        this.apps = apps;
        this.audit = audit;
        this.known = known;
        this.clock = clock;
    }

    RegisteredApp register(AppRequest request, Registrar by) {
        App app = check.checked(request);
        RegisteredApp added = tried("register-app", null, by, () -> apps.add(app));
        try {
            done("register-app", added, by);
        } catch (RuntimeException e) {
            apps.remove(UUID.fromString(added.id()));
            throw e;
        }
        return added;
    }

    List<RegisteredApp> all() {
        return apps.all();
    }

    RegisteredApp get(UUID id) {
        return apps.get(id);
    }

    RegisteredApp change(UUID id, AppRequest request, Registrar by) {
        App app = check.checked(request);
        RegisteredApp changed = tried("change-app", id, by, () -> apps.change(id, app));
        done("change-app", changed, by);
        return changed;
    }

    RegisteredApp renewSecret(UUID id, Registrar by) {
        RegisteredApp app = tried("renew-app-secret", id, by, () -> apps.renewSecret(id));
        done("renew-app-secret", app, by);
        return app;
    }

    void remove(UUID id, Registrar by) {
        RegisteredApp removed = tried("remove-app", id, by, () -> apps.remove(id));
        done("remove-app", removed, by);
    }

    /** A try that Keycloak refuses is recorded as well. */
    private RegisteredApp tried(String action, @Nullable UUID id, Registrar by, Supplier<RegisteredApp> task) {
        try {
            return task.get();
        } catch (Problem e) {
            audit.append(entry(
                    action,
                    id == null ? null : id.toString(),
                    by,
                    Outcome.FAILURE,
                    false,
                    Map.of("problem", e.type().uri())));
            by.record().settled();
            throw e;
        }
    }

    /** A backend service reaches every patient: somebody else looks at it. */
    private void done(String action, RegisteredApp app, Registrar by) {
        known.forget();
        audit.append(entry(
                action,
                app.id(),
                by,
                Outcome.SUCCESS,
                app.kind() == AppKind.BACKEND,
                Map.of("kind", app.kind().text(), "name", app.name(), "scopes", app.scopes())));
        by.record().settled();
    }

    private AuditEntry entry(
            String action,
            @Nullable String id,
            Registrar by,
            Outcome outcome,
            boolean requiresReview,
            Map<String, Object> details) {
        return new AuditEntry(
                clock.instant(),
                by.who(),
                action,
                "apps",
                id,
                About.NOBODY,
                outcome,
                Severity.MEDIUM,
                requiresReview,
                details);
    }
}
