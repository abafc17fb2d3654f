package org.holovitals.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** The key of the development realm's backend service, in its Keycloak directory. */
record BackendKey(RSAKey key) {
    private static final int LIFETIME_SECONDS = 120;

    static BackendKey in(Path directory) throws IOException {
        Path file = directory.resolve("backend-key.json");
        try {
            if (Files.notExists(file)) {
                Files.createDirectories(directory);
                Path unfinished = Files.createTempFile(
                        directory,
                        "backend-key",
                        ".new",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                RSAKey made = new RSAKeyGenerator(2048)
                        .keyID(UUID.randomUUID().toString())
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.RS384)
                        .generate();
                Files.writeString(unfinished, made.toJSONString());
                Files.move(unfinished, file);
            }
            return new BackendKey(RSAKey.parse(Files.readString(file)));
        } catch (JOSEException | ParseException e) {
            throw new IOException(file + " is no key", e);
        }
    }

    /** The public half, as Keycloak registers it. */
    String publicKeys() {
        return new JWKSet(key).toString(true);
    }

    /** RFC 7523: that the client is who it says, for the audience and two minutes. */
    String assertion(String client, String audience, Instant now) throws IOException {
        SignedJWT assertion = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS384).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(client)
                        .subject(client)
                        .audience(audience)
                        .jwtID(UUID.randomUUID().toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(LIFETIME_SECONDS)))
                        .build());
        try {
            assertion.sign(new RSASSASigner(key));
            return assertion.serialize();
        } catch (JOSEException e) {
            throw new IOException("The backend's key cannot sign", e);
        }
    }
}
