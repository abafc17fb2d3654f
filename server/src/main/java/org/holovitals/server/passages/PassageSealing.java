package org.holovitals.server.passages;

import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.passages.Chunker.Chunk;
import org.holovitals.server.passages.Passages.Sealed;
import org.holovitals.server.vault.Vault;

/** Encrypts passages and their vectors under the key of the patient whose document it is: a vector tells nearly what a text does. */
final class PassageSealing {
    private static final String TEXT = "document_embeddings.chunk_text:";
    private static final String VECTOR = "document_embeddings.embedding:";

    private final Vault vault;

    PassageSealing(Vault vault) {
        this.vault = vault;
    }

    /**
     * Where a passage stands.
     *
     * @param record the patient's row in patients
     * @param index from 0
     */
    record Place(UUID record, UUID document, int index) {}

    /** A row of its own id. */
    Sealed seal(UUID id, Place place, Chunk chunk, Optional<float[]> vector, Space space) {
        return new Sealed(
                id,
                place.document(),
                place.index(),
                chunk.page(),
                vault.sealText(place.record(), TEXT + id, chunk.text()),
                vector.map(each -> vault.seal(place.record(), VECTOR + id, Vectors.bytes(each)))
                        .orElse(null),
                vector.map(each -> each.length).orElse(0),
                vector.isPresent() ? space : null);
    }

    /** With its vector, where that is of a space. */
    Passage open(Sealed sealed, Space space) {
        byte[] vector = sealed.vector();
        return new Passage(
                sealed.document(),
                sealed.page(),
                vault.openText(TEXT + sealed.id(), sealed.text()),
                vector != null && space.equals(sealed.space())
                        ? Vectors.of(vault.open(VECTOR + sealed.id(), vector))
                        : null);
    }
}
