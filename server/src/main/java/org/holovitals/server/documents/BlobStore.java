package org.holovitals.server.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Keeps bytes under ids, whole or not at all. What they mean, and that they are encrypted, it does not know. */
interface BlobStore {

    /** Writes the bytes of a new blob. */
    @FunctionalInterface
    interface Writer {
        /** Writes all of them; the stream is closed for it. */
        void to(OutputStream out) throws IOException;
    }

    /** Keeps a blob, durably when this returns; when the writer fails nothing is left. */
    void put(UUID id, Writer writer) throws IOException;

    /** The bytes of a blob, for the caller to close; empty when there is none. */
    Optional<InputStream> open(UUID id) throws IOException;

    /** Deletes a blob; false when there was none. */
    boolean delete(UUID id) throws IOException;

    /** Names each blob that was there before a time; what was left unfinished before it is swept. */
    void before(Instant time, Consumer<UUID> consumer) throws IOException;
}
