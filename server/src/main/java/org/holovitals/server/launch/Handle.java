package org.holovitals.server.launch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

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
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The value stays out of logs. */
    @Override
    public String toString() {
        return "Handle[]";
    }
}
