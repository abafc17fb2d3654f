package org.holovitals.server.documents;

import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.DocumentReference;
import org.holovitals.server.documents.MeasuredStream.Measured;
import org.jspecify.annotations.Nullable;

/**
 * A file that came inside a DocumentReference and is to be kept as its Binary. It stays with the resource: HAPI tries a transaction
 * again with the same one, in which the data is not any more.
 */
final class InlineFile {
    private static final String KEY = InlineFile.class.getName();

    private final UUID id;
    private final byte[] bytes;
    private final FileType type;
    private final Measured measured;
    private final Words words;

    InlineFile(UUID id, byte[] bytes, FileType type, Measured measured, Words words) {
        this.id = id;
        this.bytes = bytes;
        this.type = type;
        this.measured = measured;
        this.words = words;
    }

    /** What is said of it. */
    record Words(
            String name, @Nullable String kind, @Nullable LocalDate date) {}

    /** Of the Binary. */
    UUID id() {
        return id;
    }

    /** Not a copy: they may be many. */
    byte[] bytes() {
        return bytes;
    }

    FileType type() {
        return type;
    }

    Measured measured() {
        return measured;
    }

    Words words() {
        return words;
    }

    String sha1() {
        return HexFormat.of().formatHex(measured.sha1());
    }

    String sha256() {
        return HexFormat.of().formatHex(measured.sha256());
    }

    /** Those that were taken out of a resource. */
    static List<InlineFile> of(DocumentReference reference) {
        return reference.getUserData(KEY) instanceof Taken taken ? taken.files() : List.of();
    }

    /** Leaves them with the resource. */
    static void put(DocumentReference reference, List<InlineFile> files) {
        reference.setUserData(KEY, new Taken(List.copyOf(files)));
    }

    private record Taken(List<InlineFile> files) {}
}
