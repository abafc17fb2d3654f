package org.holovitals.keycloak.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A backend service's two keys, as SMART has every server accept them: RS384 and ES384. */
record Keys(KeyPair rsa, KeyPair ec) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int P384_BYTES = 48;

    static Keys generate() {
        try {
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(2048);
            KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
            ec.initialize(new ECGenParameterSpec("secp384r1"));
            return new Keys(rsa.generateKeyPair(), ec.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String jwks() {
        RSAPublicKey rsaKey = (RSAPublicKey) rsa.getPublic();
        ECPublicKey ecKey = (ECPublicKey) ec.getPublic();
        return json(Map.of(
                "keys",
                List.of(
                        Map.of(
                                "kty",
                                "RSA",
                                "kid",
                                "rsa",
                                "use",
                                "sig",
                                "alg",
                                "RS384",
                                "n",
                                number(rsaKey.getModulus(), 256),
                                "e",
                                number(rsaKey.getPublicExponent(), 3)),
                        Map.of(
                                "kty",
                                "EC",
                                "kid",
                                "ec",
                                "use",
                                "sig",
                                "alg",
                                "ES384",
                                "crv",
                                "P-384",
                                "x",
                                number(ecKey.getW().getAffineX(), P384_BYTES),
                                "y",
                                number(ecKey.getW().getAffineY(), P384_BYTES)))));
    }

    String rs384(Map<String, ?> claims) {
        return sign("RS384", "rsa", "SHA384withRSA", rsa.getPrivate(), claims);
    }

    String es384(Map<String, ?> claims) {
        return sign("ES384", "ec", "SHA384withECDSAinP1363Format", ec.getPrivate(), claims);
    }

    private static String sign(String alg, String kid, String algorithm, PrivateKey key, Map<String, ?> claims) {
        try {
            String signed =
                    encode(json(Map.of("typ", "JWT", "alg", alg, "kid", kid)).getBytes(StandardCharsets.UTF_8))
                            + "."
                            + encode(json(claims).getBytes(StandardCharsets.UTF_8));
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String number(BigInteger number, int length) {
        byte[] bytes = new byte[length];
        byte[] minimal = number.toByteArray();
        int sign = minimal.length > length ? 1 : 0;
        System.arraycopy(minimal, sign, bytes, length - minimal.length + sign, minimal.length - sign);
        return encode(bytes);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
