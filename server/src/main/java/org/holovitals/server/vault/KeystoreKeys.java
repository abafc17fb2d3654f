package org.holovitals.server.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * AES-256 keys in a PKCS#12 file, as {@code keytool -genseckey} makes them; the last alias by its name is the newest. It is
 * opened anew only when it has changed: its password is stretched on purpose, which takes its time.
 */
final class KeystoreKeys implements KeyProvider {
    private final Path file;
    private final char[] password;
    private @Nullable Opened opened;

    KeystoreKeys(Path file, @Nullable String password) {
        this.file = file;
        this.password = password == null ? new char[0] : password.toCharArray();
    }

    /** What was in the file as it was then. */
    private record Opened(FileTime changed, long size, List<MasterKey> keys) {}

    @Override
    public synchronized List<MasterKey> keys() {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            if (opened == null || !opened.changed().equals(changed) || opened.size() != size) {
                opened = new Opened(changed, size, open());
            }
            return opened.keys();
        } catch (IOException e) {
            throw unreadable();
        }
    }

    private List<MasterKey> open() {
        try (InputStream bytes = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(bytes, password);
            List<MasterKey> keys = read(store);
            if (keys.isEmpty()) {
                throw new IllegalStateException(file + " holds no AES key");
            }
            return keys;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw unreadable();
        }
    }

    /** Without what was wrong in it, which a command would say instead. */
    private IllegalStateException unreadable() {
        return new IllegalStateException(file + " cannot be opened as PKCS#12 with AES-256 keys by this password");
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
