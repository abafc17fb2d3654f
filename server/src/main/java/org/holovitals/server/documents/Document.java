package org.holovitals.server.documents;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code documents}. Its id is that of a Binary, too.
 *
 * @param record the patient's row in patients
 * @param patient FHIR id of the patient
 * @param blob its key in the blob store
 * @param sha256 in hexadecimal
 * @param kind in the words of whoever brought it
 * @param date when it was written, as whoever brought it says
 * @param failure why no text could be read; null otherwise
 * @param progress of the reading
 * @param references FHIR ids of the DocumentReferences that have its bytes now: who may meet one of them may meet it
 */
record Document(
        UUID id,
        UUID record,
        String patient,
        UUID blob,
        String name,
        long size,
        FileType type,
        String sha256,
        @Nullable String kind,
        @Nullable LocalDate date,
        Instant uploaded,
        DocumentStatus status,
        @Nullable String failure,
        Progress progress,
        List<String> references) {

    /**
     * How much of it is read.
     *
     * @param of pages of the file; null until the first is read
     */
    record Progress(int read, @Nullable Integer of) {
        static final Progress NONE = new Progress(0, null);
    }
}
