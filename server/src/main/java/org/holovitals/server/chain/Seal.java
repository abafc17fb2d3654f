package org.holovitals.server.chain;

import java.util.Base64;

/**
 * A hash with an Ed25519 signature over its 32 bytes.
 *
 * @param signature in Base64
 * @param keyId the key that made it: SHA-256 of the public key's encoding, in hexadecimal digits
 */
record Seal(Hash hash, String signature, String keyId) {
    static Seal of(Hash hash, byte[] signature, String keyId) {
        return new Seal(hash, Base64.getEncoder().encodeToString(signature), keyId);
    }

    byte[] signatureBytes() {
        try {
            return Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
