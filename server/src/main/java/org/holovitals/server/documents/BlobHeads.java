package org.holovitals.server.documents;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.holovitals.server.vault.SealedFiles;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The heads of blobs, for commands, which have no patients' requests. */
public final class BlobHeads {
    private final BlobStore store;

    BlobHeads(BlobStore store) {
        this.store = store;
    }

    /** Of the documents in a database. */
    public SealedFiles of(DataSource connections) {
        return new OfDocuments(store, new Documents(JdbcClient.create(connections)));
    }

    /** The blobs that rows name. */
    private record OfDocuments(BlobStore store, Documents documents) implements SealedFiles {
        @Override
        public List<UUID> of(UUID patientId) {
            return documents.blobsOf(patientId);
        }

        @Override
        public Optional<byte[]> head(UUID file) throws IOException {
            Optional<InputStream> stored = store.open(file);
            if (stored.isEmpty()) {
                return Optional.empty();
            }
            try (InputStream bytes = stored.get()) {
                return Optional.of(SealedBlobs.header(bytes));
            }
        }

        @Override
        public void replaceHead(UUID file, byte[] head) throws IOException {
            SealedBlobs.replaceHeader(store, file, head);
        }

        @Override
        public String context(UUID file) {
            return SealedBlobs.context(file);
        }
    }
}
