package org.holovitals.server.launch;

import java.security.SecureRandom;
import java.util.Base64;
import org.holovitals.server.base.Sha256;

/** What an app passes on to open a launch: 256 random bits, of which only the hash is kept. */
record Handle(String value) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    static Handle make() {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        return new Handle(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    byte[] hash() {
        return Sha256.of(value);
    }

    /** The value stays out of logs. */
    @Override
    public String toString() {
        return "Handle[]";
    }
}
