package org.holovitals.server.access;

import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Tells the tokens that the issuer signed from all others, for features that take them elsewhere than in a header. */
public final class IssuerTokens {
    private final Issuer issuer;
    private final TokenCheck access;

    IssuerTokens(Issuer issuer, TokenCheck access) {
        this.issuer = issuer;
        this.access = access;
    }

    /** Whether a request with this access token would be answered now, as far as the token itself tells. */
    public boolean isAccessToken(String token) {
        try {
            access.decode(token);
            return true;
        } catch (JwtException e) {
            return false;
        }
    }

    /** A decoder of tokens of another kind: signed by the issuer, and as the rules ask. */
    public JwtDecoder decoder(OAuth2TokenValidator<Jwt> rules) {
        return new TokenCheck(new SigningKeys(issuer.keys()), rules);
    }
}
