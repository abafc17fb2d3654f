package org.holovitals.server.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.holovitals.server.database.PrivateFiles;
import org.jspecify.annotations.Nullable;

/** The public keys whose signatures count: the server's own, and those that it had before. */
final class KnownKeys {
    private static final String ALGORITHM = "Ed25519";
    private static final String BEGIN = "PUBLIC KEY";
    private static final String SUFFIX = ".pem";
    private static final int SIGNATURE_BYTES = 64;

    private final Map<String, PublicKey> keys = new TreeMap<>();

    private KnownKeys(List<PublicKey> keys) {
        keys.forEach(key -> this.keys.put(idOf(key), key));
    }

    static KnownKeys of(PublicKey... keys) {
        return new KnownKeys(List.of(keys));
    }

    /** The keys of PEM files, each of which may hold one. */
    static KnownKeys read(List<Path> files) {
        return new KnownKeys(files.stream().map(KnownKeys::read).toList());
    }

    /** The keys in a folder, to which a server's own is added, so that it is known when another takes its place. */
    static KnownKeys in(Path folder, PublicKey own) {
        try {
            Path file = PrivateFiles.directory(folder).resolve(idOf(own) + SUFFIX);
            if (Files.notExists(file)) {
                PrivateFiles.write(file, Pem.encode(own.getEncoded(), BEGIN));
            }
            try (Stream<Path> files = Files.list(folder)) {
                return read(files.filter(one -> one.toString().endsWith(SUFFIX)).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The keys of the audit log cannot be read", e);
        }
    }

    private static PublicKey read(Path file) {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(Pem.decode(Files.readString(file), BEGIN)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            // Without what was wrong in it, which a command would say instead.
            throw new IllegalStateException(file + " holds no public Ed25519 key in PEM");
        }
    }

    /** How signatures name a key. */
    static String idOf(PublicKey key) {
        return Hash.of(key.getEncoded()).hex();
    }

    /** Each key as PEM by its id. */
    Map<String, String> asPem() {
        Map<String, String> texts = new TreeMap<>();
        keys.forEach((id, key) -> texts.put(id, Pem.encode(key.getEncoded(), BEGIN)));
        return texts;
    }

    boolean contains(String id) {
        return keys.containsKey(id);
    }

    /** Whether one of the keys made the signature, over this hash. */
    boolean hold(Seal seal) {
        @Nullable PublicKey key = keys.get(seal.keyId());
        // Java's verification overlooks bytes behind a signature.
        if (key == null || seal.signatureBytes().length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(seal.hash().bytes());
            return signature.verify(seal.signatureBytes());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
