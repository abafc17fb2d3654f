package org.holovitals.server.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import org.holovitals.server.database.PrivateFiles;

/** The Ed25519 key that signs the chain. */
final class ChainKey {
    private static final String ALGORITHM = "Ed25519";
    private static final String BEGIN = "PRIVATE KEY";

    private final PrivateKey secret;
    private final PublicKey open;
    private final String id;

    private ChainKey(PrivateKey secret, PublicKey open) {
        this.secret = secret;
        this.open = open;
        this.id = KnownKeys.idOf(open);
    }

    /** The key in a PKCS#8 PEM file, which may be one that OpenSSL wrote. */
    static ChainKey read(Path file) {
        try {
            PrivateKey secret = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(Pem.decode(Files.readString(file), BEGIN)));
            return new ChainKey(secret, openOf(secret));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(file + " holds no Ed25519 key as PKCS#8 in PEM", e);
        }
    }

    /** The key in a file that is made when it is missing, closed to other users. */
    static ChainKey readOrMake(Path file) {
        if (Files.notExists(file)) {
            try {
                PrivateFiles.write(file, Pem.encode(make().secret.getEncoded(), BEGIN));
            } catch (IOException e) {
                throw new UncheckedIOException("The key of the audit log cannot be stored", e);
            }
        }
        return read(file);
    }

    static ChainKey make() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new ChainKey(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java from 15 on has Ed25519", e);
        }
    }

    /** PKCS#8 leaves the public half out; it is what a generator makes that draws the private half. */
    private static PublicKey openOf(PrivateKey secret) throws GeneralSecurityException {
        byte[] seed = ((EdECPrivateKey) secret).getBytes().orElseThrow(InvalidKeyException::new);
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new Drawn(seed));
        return generator.generateKeyPair().getPublic();
    }

    String id() {
        return id;
    }

    PublicKey open() {
        return open;
    }

    Seal seal(Hash hash) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(secret);
            signature.update(hash.bytes());
            return Seal.of(hash, signature.sign(), id);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of the audit log cannot sign", e);
        }
    }

    /** Gives away bytes that are known already. */
    private static final class Drawn extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] seed;

        Drawn(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
