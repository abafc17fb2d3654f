package org.holovitals.keycloak.provider;

import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/**
 * Keeps each launch's context with that launch. Keycloak has one session for a user and an app, however often the app is
 * launched in it; a context kept there would give a refresh of the first launch the patient of the second. So it waits
 * under the launch's own PKCE challenge until the code is redeemed, and from then on it travels in the refresh token.
 */
public final class LaunchMemory implements TokenPostProcessor, TokenPostProcessorFactory {
    /** The context of the request at hand, for the mapper of the token response. */
    static final String ATTRIBUTE = "holovitals.launch";

    static final String CLAIM = "launch_context";

    private static final String NOTE_PREFIX = "holovitals.launch.";

    /** Keeps a context until the code of this launch is redeemed. */
    static void keep(AuthenticationFlowContext flow, String challenge, LaunchContext context) {
        flow.getAuthenticationSession().setClientNote(NOTE_PREFIX + challenge, context.json());
    }

    @Override
    public void process(TokenPostProcessorContext tokens) {
        LaunchContext context = of(tokens);
        if (context == null) {
            return;
        }
        tokens.clientSessionCtx().setAttribute(ATTRIBUTE, context);
        if (tokens.accessToken() != null) {
            tokens.accessToken().getOtherClaims().putAll(context.claims());
        }
        if (tokens.refreshToken() != null) {
            tokens.refreshToken().getOtherClaims().put(CLAIM, context.parameters());
        }
    }

    private static @Nullable LaunchContext of(TokenPostProcessorContext tokens) {
        if (tokens.requestRefreshToken() != null) {
            return LaunchContext.ofClaim(
                    tokens.requestRefreshToken().getOtherClaims().get(CLAIM));
        }
        if (tokens.code() == null || tokens.code().getCodeChallenge() == null) {
            return null;
        }
        return redeem(
                tokens.clientSessionCtx().getClientSession(), tokens.code().getCodeChallenge());
    }

    private static @Nullable LaunchContext redeem(AuthenticatedClientSessionModel session, String challenge) {
        String note = session.getNote(NOTE_PREFIX + challenge);
        if (note == null) {
            return null;
        }
        session.removeNote(NOTE_PREFIX + challenge);
        return LaunchContext.parse(note);
    }

    @Override
    public TokenPostProcessor create(KeycloakSession session) {
        return this;
    }

    @Override
    public String getId() {
        return "holovitals-launch-memory";
    }

    @Override
    public void close() {}
}
