package org.holovitals.server.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.holovitals.server.base.AesGcm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyProviderTest {

    private static List<String> ids(KeyProvider provider) {
        return provider.keys().stream().map(MasterKey::id).toList();
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }

    @Test
    void theFileIsMadeOnceClosedToOthersAndKeepsOldKeys(@TempDir Path directory) throws Exception {
        KeyProvider provider =
                KeyProvider.of(new VaultSettings(directory.resolve("vault"), List.of(), null, null, Duration.ZERO));
        List<String> first = ids(provider);
        assertThat(first).hasSize(1);
        Path file = Path.of(provider.place());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        KeyProvider second = FileKeys.in(directory.resolve("vault"));
        assertThat(second.add()).isTrue();
        assertThat(ids(provider)).hasSize(2).startsWith(first.get(0)).isEqualTo(ids(second));
    }

    @Test
    void keysThatAreAddedAtOnceAreAllKept(@TempDir Path directory) {
        KeyProvider provider = FileKeys.in(directory);
        IntStream.range(0, 20).parallel().forEach(one -> provider.add());
        assertThat(ids(provider)).hasSize(21).doesNotHaveDuplicates();
    }

    @Test
    void theEnvironmentHoldsSeveralTheNewestLast() {
        byte[] old = AesGcm.newKey();
        byte[] young = AesGcm.newKey();
        KeyProvider provider = KeyProvider.of(
                new VaultSettings(Path.of("none"), List.of(base64(old), base64(young)), null, null, Duration.ZERO));
        assertThat(ids(provider)).containsExactly(new MasterKey(old).id(), new MasterKey(young).id());
        assertThat(new MasterKeys(provider).newest().id()).isEqualTo(new MasterKey(young).id());
        assertThat(provider.add()).isFalse();
        assertThatThrownBy(() -> new EnvironmentKeys(List.of("c2hvcnQ=")))
                .hasMessage("HOLOVITALS_VAULT_KEYS must hold keys of 32 bytes in base64");
    }

    @Test
    void aKeystoreIsReadInTheOrderOfItsAliases(@TempDir Path directory) throws Exception {
        byte[] old = AesGcm.newKey();
        byte[] young = AesGcm.newKey();
        Path file = directory.resolve("keys.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] password = "a password".toCharArray();
        store.load(null, password);
        store.setKeyEntry("2026-11", new SecretKeySpec(young, "AES"), password, null);
        store.setKeyEntry("2025-11", new SecretKeySpec(old, "AES"), password, null);
        store(store, file, password);
        VaultSettings settings = new VaultSettings(directory, List.of(), file, "a password", Duration.ZERO);
        KeyProvider provider = KeyProvider.of(settings);
        assertThat(ids(provider)).containsExactly(new MasterKey(old).id(), new MasterKey(young).id());
        byte[] newest = AesGcm.newKey();
        store.setKeyEntry("2027-11", new SecretKeySpec(newest, "AES"), password, null);
        store(store, file, password);
        assertThat(ids(provider)).hasSize(3).endsWith(new MasterKey(newest).id());
        assertThat(settings.toString()).doesNotContain("a password");
        assertThatThrownBy(() -> new KeystoreKeys(file, "another").keys())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("cannot be opened as PKCS#12 with AES-256 keys by this password");
    }

    private static void store(KeyStore store, Path file, char[] password) throws Exception {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password);
        }
    }
}
