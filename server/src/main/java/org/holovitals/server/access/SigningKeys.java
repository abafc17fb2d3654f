package org.holovitals.server.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The issuer's keys. A key that is not known yet is asked for once; what the token itself says of keys is ignored. */
final class SigningKeys implements JWKSource<SecurityContext> {
    private final RemoteDocument<JWKSet> published;

    SigningKeys(RemoteDocument<JWKSet> published) {
        this.published = published;
    }

    /** Those that count now; another object when they were read again. */
    Optional<JWKSet> known() {
        return published.get();
    }

    /** No key of the issuer was ever read, so no token can be told from a forged one. */
    static final class Unavailable extends KeySourceException {
        Unavailable() {
            super("the keys of the identity provider cannot be read");
        }
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        Optional<JWKSet> known = published.get();
        List<JWK> found = known.map(selector::select).orElse(List.of());
        if (!found.isEmpty()) {
            return found;
        }
        return selector.select(published.renewed().orElseThrow(Unavailable::new));
    }
}
