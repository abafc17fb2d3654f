package org.holovitals.server.documents;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the bytes of documents lie, under {@code holovitals.blobs}: in a store that speaks S3 where an endpoint is given, else in
 * files.
 *
 * @param endpoint address of the store
 * @param bucket of the store; it stands in the path, and is left out where it stands in the endpoint
 * @param prefix of the objects' names
 * @param region as the store calls it
 * @param accessKey names who asks
 * @param secretKey proves it
 * @param secretKeyFile a file with that instead, read at each call, so that it may be changed
 * @param patience for an answer, and between the pieces of one
 */
@Validated
@ConfigurationProperties("holovitals.blobs")
record BlobSettings(
        @Nullable URI endpoint,
        @DefaultValue("") @NotNull String bucket,
        @DefaultValue("documents/") @NotNull String prefix,
        @DefaultValue("us-east-1") @NotNull String region,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @Nullable Path secretKeyFile,
        @DefaultValue("30s") @NotNull Duration patience) {

    /** What an endpoint needs. */
    @AssertTrue(
            message =
                    "holovitals.blobs.endpoint takes an http address, an access key, and a secret key or a file with it")
    boolean isWhole() {
        URI address = endpoint;
        return address == null
                || (address.getHost() != null
                        && String.valueOf(address.getScheme()).matches("https?")
                        && accessKey != null
                        && (secretKey == null) != (secretKeyFile == null));
    }

    @AssertTrue(message = "holovitals.blobs.bucket and .prefix are made of letters, digits and ._-/")
    boolean isPlain() {
        return bucket.matches("[A-Za-z0-9._-]*") && prefix.matches("[A-Za-z0-9._/-]*");
    }

    /** The store that they name, with a directory for blobs or for what is on its way. */
    BlobStore store(Path directory, Clock clock) {
        return endpoint == null ? new FileBlobs(directory) : new S3Blobs(new S3Calls(this, clock), prefix, directory);
    }

    /** The secret is in no log. */
    @Override
    public String toString() {
        return endpoint == null ? "files" : endpoint + "/" + bucket;
    }
}
