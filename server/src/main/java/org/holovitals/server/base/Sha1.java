package org.holovitals.server.base;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-1, only for {@code Attachment.hash}, which FHIR R4 defines so; it protects nothing. */
public final class Sha1 {
    private Sha1() {}

    /** For what comes piece by piece. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
