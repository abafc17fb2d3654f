package org.holovitals.server.documents;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.base.AesGcm;
import org.holovitals.server.vault.TamperedException;
import org.holovitals.server.vault.Vault;

/**
 * Encrypts blobs while they are written and opens them while they are read, never whole in memory. Each has a key of its own,
 * sealed under its patient's at its beginning: rotation leaves the blobs alone, shredding takes them along, and another data key
 * changes their beginnings only.
 */
final class SealedBlobs {
    private static final int MOST_HEADER_BYTES = 1024;

    private final BlobStore store;
    private final Vault vault;

    SealedBlobs(BlobStore store, Vault vault) {
        this.store = store;
        this.vault = vault;
    }

    /** Keeps what a stream gives for a patient, by the row of patients; nothing is left when it fails. */
    void put(UUID id, UUID patientId, InputStream plain) throws IOException {
        byte[] key = AesGcm.newKey();
        byte[] header = vault.seal(patientId, context(id), key);
        store.put(id, out -> {
            DataOutputStream data = new DataOutputStream(out);
            write(data, header);
            try (OutputStream sealed = new SealingStream(data, AesGcm.key(key))) {
                plain.transferTo(sealed);
            }
        });
        // Bytes may come for minutes; the former key is destroyed when its time is over.
        if (!vault.isCurrent(patientId, header)) {
            replaceHeader(store, id, vault.renew(patientId, context(id), header));
        }
    }

    /** Writes a blob once more, with another envelope at its beginning. */
    static void replaceHeader(BlobStore store, UUID id, byte[] header) throws IOException {
        Optional<InputStream> stored = store.open(id);
        if (stored.isEmpty()) {
            return;
        }
        try (InputStream bytes = stored.get()) {
            header(bytes);
            store.put(id, out -> {
                write(new DataOutputStream(out), header);
                bytes.transferTo(out);
            });
        }
    }

    private static void write(DataOutputStream data, byte[] header) throws IOException {
        data.writeShort(header.length);
        data.write(header);
    }

    /**
     * The bytes of a blob, for the caller to close; empty when there is none. A {@link TamperedException} may come while it is
     * read, as the cause of an {@link IOException}.
     */
    Optional<InputStream> open(UUID id) throws IOException {
        Optional<InputStream> stored = store.open(id);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        InputStream bytes = stored.get();
        try {
            return Optional.of(new OpeningStream(bytes, AesGcm.key(vault.open(context(id), header(bytes)))));
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /** The envelope at the beginning of a blob, which is read no further. */
    static byte[] header(InputStream bytes) throws IOException {
        DataInputStream data = new DataInputStream(bytes);
        byte[] length = data.readNBytes(Short.BYTES);
        int size = length.length < Short.BYTES ? 0 : ByteBuffer.wrap(length).getShort();
        if (size <= 0 || size > MOST_HEADER_BYTES) {
            throw new TamperedException("A blob has no beginning");
        }
        return data.readNBytes(size);
    }

    /** Where the envelope of a blob opens. */
    static String context(UUID id) {
        return "blobs:" + id;
    }
}
