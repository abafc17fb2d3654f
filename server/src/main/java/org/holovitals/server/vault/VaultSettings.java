package org.holovitals.server.vault;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the master keys, under {@code holovitals.vault}.
 *
 * @param directory where the file with the keys lies, unless they come from elsewhere
 * @param keys the keys themselves in base64, the newest last
 * @param keystore a PKCS#12 file with the keys
 * @param keystorePassword what opens it
 * @param settling how long a former key may still be used: another server knows it for 5 seconds, and who has sealed a value
 *     writes it, and who has read one opens it, in the time of a statement
 */
@Validated
@ConfigurationProperties("holovitals.vault")
public record VaultSettings(
        @NotNull Path directory,
        @DefaultValue List<String> keys,
        @Nullable Path keystore,
        @Nullable String keystorePassword,
        @DefaultValue("60s") @NotNull Duration settling) {

    /** Without a secret. */
    @Override
    public String toString() {
        return "VaultSettings " + directory;
    }
}
