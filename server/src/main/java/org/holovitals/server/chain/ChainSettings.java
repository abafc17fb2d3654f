package org.holovitals.server.chain;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the audit log's chain, under {@code holovitals.audit}.
 *
 * @param directory where keys and anchors are kept
 * @param key PKCS#8 PEM file with an Ed25519 key; without it one in the directory, made at the first start
 * @param interval how often new rows are chained
 */
@Validated
@ConfigurationProperties("holovitals.audit")
public record ChainSettings(
        @NotNull Path directory,
        @Nullable Path key,
        @DefaultValue("1s") @NotNull Duration interval) {

    Path anchors() {
        return directory.resolve("anchors.ndjson");
    }

    Path knownKeys() {
        return directory.resolve("keys");
    }

    Path keyFile() {
        return key == null || key.toString().isBlank() ? directory.resolve("key.pem") : key;
    }

    boolean hasOwnKey() {
        return key == null || key.toString().isBlank();
    }
}
