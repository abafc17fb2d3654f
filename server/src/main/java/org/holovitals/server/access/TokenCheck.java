package org.holovitals.server.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Decodes a token: its signature by one of the issuer's keys, then what rules ask, for access tokens {@link TokenRules}. A
 * signature that held is not computed again while the issuer's keys stay the same; the rules are asked each time.
 */
final class TokenCheck implements JwtDecoder {
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.ES256, JWSAlgorithm.ES384);

    private static final int MOST_REMEMBERED = 5_000;

    private final NimbusJwtDecoder decoder;
    private final SigningKeys keys;
    private final OAuth2TokenValidator<Jwt> rules;
    private final Cache<String, Signed> remembered =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    /** A token whose signature holds by one of these keys. */
    private record Signed(Jwt token, JWKSet keys) {
        /** Keys that were read again are others, though they may say the same. */
        @SuppressWarnings("ReferenceEquality")
        boolean isBy(@Nullable JWKSet now) {
            return keys == now;
        }
    }

    TokenCheck(SigningKeys keys, OAuth2TokenValidator<Jwt> rules) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        // The rules look at the type and the times, with their own clock.
        processor.setJWSTypeVerifier((type, context) -> {});
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        this.decoder = new NimbusJwtDecoder(processor);
        this.decoder.setJwtValidator(any -> OAuth2TokenValidatorResult.success());
        this.keys = keys;
        this.rules = rules;
    }

    /** Every failure is the token's: what Spring takes for the server's own would be answered with 500. */
    @Override
    public Jwt decode(String token) {
        try {
            Jwt signed = signed(token);
            OAuth2TokenValidatorResult result = rules.validate(signed);
            if (result.hasErrors()) {
                throw new JwtValidationException("The token is not accepted", result.getErrors());
            }
            return signed;
        } catch (BadJwtException e) {
            throw e;
        } catch (JwtException e) {
            throw new BadJwtException("The token cannot be checked", e);
        }
    }

    private Jwt signed(String token) {
        JWKSet now = keys.known().orElse(null);
        Signed former = remembered.getIfPresent(token);
        if (former != null && former.isBy(now)) {
            return former.token();
        }
        Jwt decoded = decoder.decode(token);
        if (now != null) {
            remembered.put(token, new Signed(decoded, now));
        }
        return decoded;
    }
}
