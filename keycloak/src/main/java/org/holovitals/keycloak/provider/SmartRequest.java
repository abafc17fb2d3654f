package org.holovitals.keycloak.provider;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** An app's authorization request as SMART App Launch reads it. */
final class SmartRequest {
    private static final Pattern DATA = Pattern.compile("(patient|user|system)/.+");
    private static final String NOTE_PREFIX = AuthorizationEndpoint.LOGIN_SESSION_NOTE_ADDITIONAL_REQ_PARAMS_PREFIX;

    private final AuthenticationFlowContext context;
    private final AuthenticationSessionModel session;
    private final List<ClientScopeModel> scopes;

    SmartRequest(AuthenticationFlowContext context) {
        this.context = context;
        this.session = context.getAuthenticationSession();
        this.scopes = TokenManager.getRequestedClientScopes(
                        context.getSession(),
                        session.getClientNote(OAuth2Constants.SCOPE),
                        session.getClient(),
                        context.getUser())
                // Keycloak counts the client itself as a scope, under a name that its owner chose.
                .filter(scope -> !(scope instanceof ClientModel))
                .toList();
    }

    /** Whether it asks for anything that SMART defines; signing in to Keycloak's own pages does not. */
    boolean isSmart() {
        return has(name -> DATA.matcher(name).matches() || isLaunch(name)) || audience() != null;
    }

    @Nullable
    String audience() {
        return session.getClientNote(NOTE_PREFIX + "aud");
    }

    /** The EHR's handle of a launch, when the app passes one on and asks for its context. */
    @Nullable
    String launch() {
        String launch = session.getClientNote(NOTE_PREFIX + "launch");
        return launch != null && has("launch"::equals) ? launch : null;
    }

    boolean needsPatient() {
        return has(name -> name.equals("launch/patient") || name.startsWith("patient/"));
    }

    /** The challenge, if it is made with S256. */
    @Nullable
    String challenge() {
        boolean s256 = "S256".equals(session.getClientNote(OIDCLoginProtocol.CODE_CHALLENGE_METHOD_PARAM));
        return s256 ? session.getClientNote(OIDCLoginProtocol.CODE_CHALLENGE_PARAM) : null;
    }

    /** What the user may take away: access to data, and access while he is away. */
    List<ClientScopeModel> negotiable() {
        return scopes.stream()
                .filter(scope -> DATA.matcher(scope.getName()).matches()
                        || scope.getName().equals(OAuth2Constants.OFFLINE_ACCESS))
                .toList();
    }

    /** Takes away the negotiable scopes that the user did not grant. */
    void narrowTo(Set<String> granted) {
        Set<String> refused = negotiable().stream()
                .map(ClientScopeModel::getName)
                .filter(name -> !granted.contains(name))
                .collect(Collectors.toSet());
        String asked = session.getClientNote(OAuth2Constants.SCOPE);
        String left = TokenManager.parseScopeParameter(asked == null ? "" : asked)
                .filter(name -> !refused.contains(name))
                .collect(Collectors.joining(" "));
        session.setClientNote(OAuth2Constants.SCOPE, left);
        AuthenticationManager.setClientScopesInSession(context.getSession(), session);
    }

    private boolean has(Predicate<String> name) {
        return scopes.stream().map(ClientScopeModel::getName).anyMatch(name);
    }

    private static boolean isLaunch(String name) {
        return name.equals("launch") || name.startsWith("launch/");
    }
}
