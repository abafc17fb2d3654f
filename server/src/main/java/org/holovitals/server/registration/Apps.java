package org.holovitals.server.registration;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.holovitals.keycloak.admin.AdminRefused;
import org.holovitals.keycloak.admin.AdminUnreachable;
import org.holovitals.keycloak.admin.RealmAdmin;
import org.holovitals.keycloak.realm.Realm;
import org.holovitals.server.base.Ids;
import org.holovitals.server.identity.RealmAccess;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/** The registered apps, which Keycloak keeps. */
final class Apps {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SCOPES = "/client-scopes";
    private static final String OPTIONAL = "/optional-client-scopes";

    private final RealmAccess realm;
    private final Ids ids;
    private final Clock clock;

    Apps(RealmAccess realm, Ids ids, Clock clock) {
        this.realm = realm;
        this.ids = ids;
        this.clock = clock;
    }

    /** With its secret, if it has one: this is the only time that it is told. */
    RegisteredApp add(App app) {
        String id = ids.next().toString();
        String secret = app.kind() == AppKind.SECRET ? secret() : null;
        return with(admin -> {
            ensureScopes(admin, ClientDocument.clientScopes(app));
            admin.post("/clients", ClientDocument.ofNew(id, app, clock.instant().toString(), secret));
            RegisteredApp added = found(admin, id);
            return secret == null ? added : added.withSecret(secret);
        });
    }

    List<RegisteredApp> all() {
        return with(admin -> {
            List<RegisteredApp> apps = new ArrayList<>();
            admin.get("/clients").forEach(client -> ClientDocument.parse(client).ifPresent(apps::add));
            return apps;
        });
    }

    RegisteredApp get(UUID id) {
        return with(admin -> found(admin, id.toString()));
    }

    /** Its kind cannot be changed: what proves the app would be another. */
    RegisteredApp change(UUID id, App app) {
        return with(admin -> {
            RegisteredApp known = found(admin, id.toString());
            if (known.kind() != app.kind()) {
                throw new Problem(
                        ProblemType.CONFLICT,
                        "The app is of the kind " + known.kind().text() + ": register another one");
            }
            Map<String, String> scopes = ensureScopes(admin, ClientDocument.clientScopes(app));
            admin.put(path(id), ClientDocument.of(id.toString(), app));
            assign(admin, id, ClientDocument.clientScopes(app), scopes);
            return found(admin, id.toString());
        });
    }

    /** The old secret is void from now on. */
    RegisteredApp renewSecret(UUID id) {
        return with(admin -> {
            RegisteredApp known = found(admin, id.toString());
            if (known.kind() != AppKind.SECRET) {
                throw new Problem(
                        ProblemType.CONFLICT,
                        "An app of the kind " + known.kind().text() + " has no secret");
            }
            return known.withSecret(
                    admin.ask(path(id) + "/client-secret").path("value").asText());
        });
    }

    /** Ends its sessions and refresh tokens, also the offline ones. */
    RegisteredApp remove(UUID id) {
        return with(admin -> {
            RegisteredApp known = found(admin, id.toString());
            admin.delete(path(id));
            return known;
        });
    }

    private static RegisteredApp found(RealmAdmin admin, String id) {
        return admin.find("/clients/" + id)
                .flatMap(ClientDocument::parse)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    /** Adds the scopes that the realm lacks; the ids of all. */
    private static Map<String, String> ensureScopes(RealmAdmin admin, List<String> wanted) {
        Map<String, String> known = scopes(admin.get(SCOPES));
        List<String> missing =
                wanted.stream().filter(scope -> !known.containsKey(scope)).toList();
        missing.forEach(scope -> admin.postIfAbsent(SCOPES, Realm.clientScope(scope)));
        return missing.isEmpty() ? known : scopes(admin.get(SCOPES));
    }

    private static void assign(RealmAdmin admin, UUID id, List<String> wanted, Map<String, String> scopes) {
        Map<String, String> assigned = scopes(admin.get(path(id) + OPTIONAL));
        assigned.forEach((scope, scopeId) -> {
            if (!wanted.contains(scope)) {
                admin.delete(path(id) + OPTIONAL + "/" + scopeId);
            }
        });
        wanted.stream()
                .filter(scope -> !assigned.containsKey(scope))
                .forEach(scope -> admin.put(path(id) + OPTIONAL + "/" + scopes.get(scope), Map.of()));
    }

    private static Map<String, String> scopes(JsonNode list) {
        Map<String, String> scopes = new HashMap<>();
        list.forEach(scope ->
                scopes.put(scope.path("name").asText(), scope.path("id").asText()));
        return scopes;
    }

    private <T> T with(Function<RealmAdmin, T> task) {
        RealmAdmin admin = realm.admin()
                .orElseThrow(() -> unavailable("Keycloak has not started yet, or this server has no account in it"
                        + " (holovitals.identity.client-secret)"));
        try {
            return task.apply(admin);
        } catch (AdminUnreachable e) {
            throw unavailable("Keycloak does not answer. Try again later.");
        } catch (AdminRefused e) {
            throw translated(e);
        }
    }

    private static Problem translated(AdminRefused refusal) {
        return switch (refusal.status()) {
            case 400 -> new Problem(ProblemType.INVALID_REQUEST, String.valueOf(refusal.getMessage()));
            case 401, 403 ->
                unavailable("Keycloak does not let this server's account do that: " + refusal.getMessage());
            case 404 -> new Problem(ProblemType.NOT_FOUND);
            case 409 -> new Problem(ProblemType.CONFLICT, "Another administrator is changing the same. Try again.");
            default -> unavailable("Keycloak cannot do that now: " + refusal.getMessage());
        };
    }

    private static Problem unavailable(String reason) {
        return new Problem(ProblemType.IDENTITY_PROVIDER_UNAVAILABLE, reason);
    }

    private static String path(UUID id) {
        return "/clients/" + id;
    }

    private static String secret() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
