package org.holovitals.keycloak.provider;

import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Details;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.OIDCRedirectUriBuilder;
import org.keycloak.protocol.oidc.utils.OIDCResponseMode;
import org.keycloak.protocol.oidc.utils.OIDCResponseType;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Sends the browser back to the app with an error (RFC 6749 section 4.1.2.1). */
enum Refusal {
    ACCESS_DENIED,
    INVALID_REQUEST;

    /** Ends the flow. It is no failed login: a wrong request must not lock the user out. */
    void answer(AuthenticationFlowContext context, String description) {
        String error = name().toLowerCase(java.util.Locale.ROOT);
        AuthenticationSessionModel session = context.getAuthenticationSession();
        context.getEvent().detail(Details.REASON, description).error(error);
        OIDCRedirectUriBuilder uri = OIDCRedirectUriBuilder.fromUri(
                        session.getRedirectUri(), responseMode(session), context.getSession(), null)
                .addParam(OAuth2Constants.ERROR, error)
                .addParam(OAuth2Constants.ERROR_DESCRIPTION, description)
                .addParam(
                        OAuth2Constants.ISSUER,
                        Urls.realmIssuer(
                                context.getUriInfo().getBaseUri(),
                                context.getRealm().getName()));
        String state = session.getClientNote(OIDCLoginProtocol.STATE_PARAM);
        if (state != null) {
            uri.addParam(OAuth2Constants.STATE, state);
        }
        new AuthenticationSessionManager(context.getSession())
                .removeTabIdInAuthenticationSession(context.getRealm(), session);
        context.forceChallenge(uri.build());
    }

    private static OIDCResponseMode responseMode(AuthenticationSessionModel session) {
        return OIDCResponseMode.parse(
                session.getClientNote(OIDCLoginProtocol.RESPONSE_MODE_PARAM),
                OIDCResponseType.parse(session.getClientNote(OIDCLoginProtocol.RESPONSE_TYPE_PARAM)));
    }
}
