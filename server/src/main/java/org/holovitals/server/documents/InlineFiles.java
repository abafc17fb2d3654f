package org.holovitals.server.documents;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.IdType;
import org.holovitals.server.base.Ids;
import org.holovitals.server.documents.Attachments.Measures;
import org.holovitals.server.documents.InlineFile.Words;
import org.holovitals.server.documents.MeasuredStream.Measured;
import org.jspecify.annotations.Nullable;

/** Takes files out of DocumentReferences that are about to be stored: what stays is the address of a Binary, size and hash. */
final class InlineFiles {
    private static final String BINARY = "Binary";

    /** A patient of this server, or one who is only known when the bundle's other entries are stored. */
    private static final Pattern PATIENT = Pattern.compile("Patient[/?].+|urn:(uuid|oid):.+");

    private static final int LONGEST_KIND = 100;

    private final Sniffer sniffer = new Sniffer();
    private final long maxSize;
    private final Ids ids;

    InlineFiles(long maxSize, Ids ids) {
        this.maxSize = maxSize;
        this.ids = ids;
    }

    /**
     * Takes out what is there; the bytes stay with the resource until it is committed. A file of nobody, such as a group's, has no key
     * to be sealed under and stays where it is.
     *
     * @param known the Binary under which the resource has bytes of a SHA-256 already
     * @throws org.holovitals.server.problem.Problem where it is no file that is taken
     */
    void takeOut(DocumentReference reference, Function<byte[], Optional<UUID>> known) {
        String subject = String.valueOf(reference.getSubject().getReference());
        if (!PATIENT.matcher(subject).matches()) {
            return;
        }
        List<InlineFile> files = new ArrayList<>(InlineFile.of(reference));
        for (Attachment attachment : attachments(reference).toList()) {
            if (attachment.hasData()) {
                takeOut(reference, attachment, files, known);
            }
        }
        if (!files.isEmpty()) {
            InlineFile.put(reference, files);
        }
    }

    private void takeOut(
            DocumentReference reference,
            Attachment attachment,
            List<InlineFile> files,
            Function<byte[], Optional<UUID>> known) {
        InlineFile file = file(attachment.getData(), type -> words(reference, attachment, type));
        Optional<UUID> stored = known.apply(file.measured().sha256());
        if (stored.isEmpty()) {
            files.add(file);
        }
        attachment.setData(null).setUrl(BINARY + "/" + stored.orElse(file.id()));
        say(attachment, new Measures(file.type(), file.bytes().length, file.sha1()));
    }

    /** Says of a file what is so, whatever the client says. */
    private static void say(Attachment attachment, Measures measures) {
        attachment
                .setSize((int) measures.size())
                .setHash(HexFormat.of().parseHex(measures.sha1()))
                .setContentType(contentType(attachment.getContentType(), measures.type()));
    }

    /** Says so of files that came before as Binaries and wait for it. */
    static void measure(DocumentReference reference, Function<List<UUID>, Map<UUID, Measures>> waiting) {
        List<UUID> named = named(reference);
        Map<UUID, Measures> known = named.isEmpty() ? Map.of() : waiting.apply(named);
        if (!known.isEmpty()) {
            attachments(reference).forEach(attachment -> id(attachment)
                    .flatMap(id -> Optional.ofNullable(known.get(id)))
                    .ifPresent(measures -> say(attachment, measures)));
        }
    }

    /** A file of its own, of which nothing is said. */
    InlineFile plain(byte[] bytes) {
        return file(bytes, type -> new Words(FileName.of(null, type), null, null));
    }

    private InlineFile file(byte[] bytes, Function<FileType, Words> words) {
        FileType type = sniffer.taken(Arrays.copyOf(bytes, Math.min(bytes.length, Sniffer.HEAD_BYTES)));
        return new InlineFile(ids.next(), bytes, type, measured(bytes), words.apply(type));
    }

    private Measured measured(byte[] bytes) {
        MeasuredStream stream = new MeasuredStream(new ByteArrayInputStream(bytes), maxSize);
        try (stream) {
            stream.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be read", e);
        }
        return stream.measured();
    }

    /** What the client says stays, where it is another word for what the bytes are. */
    private static String contentType(@Nullable String said, FileType type) {
        String base = said == null ? "" : said.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        boolean isWrong = FileType.find(base).filter(other -> other != type).isPresent();
        return base.isEmpty() || isWrong ? type.mimeType() : String.valueOf(said);
    }

    private static Words words(DocumentReference reference, Attachment attachment, FileType type) {
        LocalDate created = day(attachment.getCreationElement());
        return new Words(
                FileName.of(attachment.getTitle(), type),
                kind(reference.getType()),
                created == null ? day(reference.getDateElement()) : created);
    }

    private static @Nullable String kind(CodeableConcept type) {
        return Stream.concat(
                        Stream.ofNullable(type.getText()),
                        type.getCoding().stream().map(Coding::getDisplay))
                .filter(text -> text != null && !text.isBlank())
                .map(text -> text.replaceAll("[\\p{Cc}\\p{Cf}]", " ").strip())
                .map(text -> text.length() > LONGEST_KIND ? text.substring(0, LONGEST_KIND) : text)
                .findFirst()
                .orElse(null);
    }

    /** The day as it was written, in whichever zone. */
    private static @Nullable LocalDate day(BaseDateTimeType time) {
        String text = time.getValueAsString();
        return text == null || text.length() < "2026-01-31".length() ? null : LocalDate.parse(text.substring(0, 10));
    }

    /** The Binaries that a version names, whether we know them or not; none where it is entered in error. */
    static List<UUID> named(DocumentReference reference) {
        if (reference.getStatus() == DocumentReferenceStatus.ENTEREDINERROR) {
            return List.of();
        }
        return attachments(reference)
                .flatMap(attachment -> id(attachment).stream())
                .toList();
    }

    private static Optional<UUID> id(Attachment attachment) {
        return Optional.ofNullable(attachment.getUrl())
                .map(IdType::new)
                .filter(id -> BINARY.equals(id.getResourceType()))
                .flatMap(id -> DocumentIds.read(id.getIdPart()));
    }

    /** What it says of each of its files. */
    static Stream<Attachment> attachments(DocumentReference reference) {
        return reference.getContent().stream().map(content -> content.getAttachment());
    }
}
