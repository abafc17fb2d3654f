package org.holovitals.keycloak.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenResponseMapper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;

/** Names our FHIR base as the audience, and tells of the launch beside the access token and in introspection. */
public final class LaunchContextMapper extends AbstractOIDCProtocolMapper
        implements OIDCAccessTokenMapper, OIDCAccessTokenResponseMapper, TokenIntrospectionTokenMapper {

    @Override
    public AccessToken transformAccessToken(
            AccessToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext client) {
        String fhirBase = Settings.get().fhirBase();
        if (fhirBase != null) {
            token.addAudience(fhirBase);
        }
        return token;
    }

    @Override
    public AccessTokenResponse transformAccessTokenResponse(
            AccessTokenResponse response,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext client) {
        LaunchContext context = client.getAttribute(LaunchMemory.ATTRIBUTE, LaunchContext.class);
        if (context != null) {
            context.parameters().forEach(response::setOtherClaims);
        }
        return response;
    }

    /** Keycloak gives mappers a bare copy of the token; the launch stands in the token that was sent, whose signature it has checked. */
    @Override
    public AccessToken transformIntrospectionToken(
            AccessToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext client) {
        AccessToken sent = sent(session);
        if (sent != null && token.getId().equals(sent.getId())) {
            LaunchContext kept = LaunchContext.ofClaim(sent.getOtherClaims().get(LaunchMemory.CLAIM));
            LaunchContext context = kept != null ? kept : new LaunchContext(sent.getOtherClaims());
            token.getOtherClaims().putAll(context.claims());
        }
        return token;
    }

    private static @Nullable AccessToken sent(KeycloakSession session) {
        String sent =
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst("token");
        try {
            return sent == null ? null : new JWSInput(sent).readJsonContent(AccessToken.class);
        } catch (JWSInputException e) {
            return null;
        }
    }

    @Override
    public String getId() {
        return "holovitals-launch-context";
    }

    @Override
    public String getDisplayType() {
        return "SMART launch context";
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getHelpText() {
        return "Adds the FHIR base to the audience and the launch context to the token response.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }
}
