package org.holovitals.server.registration;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.holovitals.keycloak.scopes.Scope;
import org.holovitals.keycloak.scopes.ScopeCatalogue;
import org.holovitals.server.access.SmartScope;
import org.holovitals.server.access.SmartScope.Level;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Which scopes an app may ask for: legal ones, of the levels that its kind has. */
final class RequestedScopes {
    private static final int LONGEST = 255;
    private static final int MOST = 100;

    private static final Set<String> WITHOUT_DATA = ScopeCatalogue.all().stream()
            .filter(scope -> scope.kind() != Scope.Kind.DATA)
            .map(Scope::name)
            .collect(Collectors.toUnmodifiableSet());

    private final Set<String> types;

    RequestedScopes(Set<String> types) {
        this.types = Set.copyOf(types);
    }

    List<String> checked(AppKind kind, @Nullable List<@Nullable String> scopes) {
        if (scopes == null || scopes.isEmpty()) {
            throw refused("scopes is needed: what the app may ask for");
        }
        if (scopes.size() > MOST) {
            throw refused("scopes has more than " + MOST + " entries");
        }
        return scopes.stream().map(scope -> checked(kind, scope)).distinct().toList();
    }

    private String checked(AppKind kind, @Nullable String scope) {
        if (scope == null || scope.length() > LONGEST || !scope.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+")) {
            throw refused("Not a scope: " + scope);
        }
        if (WITHOUT_DATA.contains(scope)) {
            if (!kind.hasUsers()) {
                throw refused("A backend service has no user and no launch: " + scope);
            }
            return scope;
        }
        SmartScope parsed = SmartScope.parse(scope, types)
                .orElseThrow(() -> refused("Not a SMART scope on a resource type of R4: " + scope));
        if ((parsed.level() == Level.SYSTEM) == kind.hasUsers()) {
            throw refused(
                    kind.hasUsers()
                            ? "system/ scopes are for backend services only: " + scope
                            : "A backend service may have system/ scopes only: " + scope);
        }
        return scope;
    }

    private static Problem refused(String reason) {
        return new Problem(ProblemType.APP_SCOPE_INVALID, reason);
    }
}
