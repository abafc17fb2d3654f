package org.holovitals.server.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.holovitals.migrations.Login;
import org.holovitals.server.vault.KeyCare;
import org.holovitals.server.vault.Vault;
import org.springframework.beans.factory.annotation.Autowired;

/** All that holds of sealed bytes in files, over a server that speaks S3. */
final class SealedBlobsInS3Test extends SealedBlobsTest {
    private String prefix = "";

    @Autowired
    SealedBlobsInS3Test(Vault vault, KeyCare care, Login login) {
        super(vault, care, login);
    }

    @Override
    BlobStore store(Path made) throws Exception {
        prefix = UUID.randomUUID() + "/";
        S3Server server = S3Server.get();
        return new S3Blobs(
                new S3Calls(server.settings(S3Server.KEY, prefix), Clock.systemUTC()), prefix, made.resolve("sent"));
    }

    @Override
    List<Path> stored(Path made) throws IOException {
        List<Path> all = new ArrayList<>(super.stored(made));
        if (Files.isDirectory(objects())) {
            try (Stream<Path> objects = Files.list(objects())) {
                objects.filter(file -> file.toString().endsWith("_object")).forEach(all::add);
            }
        }
        return all;
    }

    private Path objects() {
        try {
            return S3Server.get().directory.resolve(S3Server.BUCKET).resolve(prefix);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    Path unfinished(Path made, UUID kept) {
        return made.resolve("sent").resolve(UUID.randomUUID() + ".new");
    }
}
