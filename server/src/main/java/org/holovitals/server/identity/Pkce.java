package org.holovitals.server.identity;

import java.security.SecureRandom;
import java.util.Base64;
import org.holovitals.server.base.Sha256;

/** RFC 7636: a secret that proves that who redeems a code is who asked for it. */
record Pkce(String verifier, String challenge) {

    static Pkce make() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String verifier = base64(random);
        return new Pkce(verifier, base64(Sha256.of(verifier)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
