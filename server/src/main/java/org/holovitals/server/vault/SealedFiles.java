package org.holovitals.server.vault;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Files outside of the database, each with an envelope at its head, which alone is sealed under its patient's key. */
public interface SealedFiles {

    /** The files of a patient, by the row of patients. */
    List<UUID> of(UUID patientId);

    /**
     * The envelope of a file; empty when it is not there.
     *
     * @throws TamperedException when it has none
     */
    Optional<byte[]> head(UUID file) throws IOException;

    /** Puts another envelope in its place. Who reads the file meanwhile goes on with what there was. */
    void replaceHead(UUID file, byte[] head) throws IOException;

    /** Where the envelope opens. */
    String context(UUID file);
}
