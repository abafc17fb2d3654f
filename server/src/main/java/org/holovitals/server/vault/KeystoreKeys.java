package org.holovitals.server.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AES-256 keys in a PKCS#12 file, as {@code keytool -genseckey} makes them; the last alias by its name is the newest. */
final class KeystoreKeys implements KeyProvider {
    private final Path file;
    private final char[] password;

    KeystoreKeys(Path file, @Nullable String password) {
        this.file = file;
        this.password = password == null ? new char[0] : password.toCharArray();
    }

    @Override
    public List<MasterKey> keys() {
        try (InputStream bytes = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(bytes, password);
            List<MasterKey> keys = read(store);
            if (keys.isEmpty()) {
                throw new IllegalStateException(file + " holds no AES key");
            }
            return keys;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            // Without what was wrong in it, which a command would say instead.
            throw new IllegalStateException(file + " cannot be opened as PKCS#12 with AES-256 keys by this password");
        }
    }

    private List<MasterKey> read(KeyStore store) throws GeneralSecurityException {
        List<String> aliases = Collections.list(store.aliases());
        Collections.sort(aliases);
        List<MasterKey> keys = new ArrayList<>();
        for (String alias : aliases) {
            Key key = store.getKey(alias, password);
            if (key != null && key.getAlgorithm().equals("AES")) {
                keys.add(new MasterKey(key.getEncoded()));
            }
        }
        return keys;
    }

    @Override
    public boolean add() {
        return false;
    }

    @Override
    public String place() {
        return file.toString();
    }
}
