package org.holovitals.server.documents;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.base.Ids;
import org.holovitals.server.documents.MeasuredStream.Measured;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.vault.ShreddedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/**
 * Takes files in: what they are is told by their first bytes, the rest goes sealed to the disk as it comes. The row and the
 * DocumentReference follow when all of it is there.
 */
final class Uploads {
    static final String SHREDDED = "The key of this record was destroyed, so nothing more is kept of it";

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

    private final DocumentReach reach;
    private final Sniffer sniffer = new Sniffer();
    private final SealedBlobs blobs;
    private final NewDocuments documents;
    private final Rules rules;

    Uploads(DocumentReach reach, SealedBlobs blobs, NewDocuments documents, Rules rules) {
        this.reach = reach;
        this.blobs = blobs;
        this.documents = documents;
        this.rules = rules;
    }

    /** What every upload goes by. */
    record Rules(long maxSize, Ids ids, Clock clock) {}

    /**
     * What is said of a file.
     *
     * @param patient whose it is to be; null for the caller's own record
     */
    record About(
            @Nullable String patient,
            @Nullable String kind,
            @Nullable LocalDate date) {}

    /** A document, and whether it is one that was not there before. */
    record Taken(Document document, boolean isNew) {}

    /** The document of the file in a request. */
    Taken take(Caller caller, UUID user, About about, HttpServletRequest request) {
        DocumentReach.Target target = reach.target(caller, about.patient());
        Incoming incoming = Incoming.of(request);
        MeasuredStream bytes = new MeasuredStream(incoming.bytes(), rules.maxSize());
        try {
            if (request.getContentLengthLong() > rules.maxSize() + Sniffer.HEAD_BYTES) {
                throw MeasuredStream.tooLarge(rules.maxSize());
            }
            return take(caller, user, target, new Named(incoming.name(), about, bytes));
        } catch (Problem e) {
            // One that waits for our word before it sends has not begun.
            if (request.getHeader(HttpHeaders.EXPECT) == null) {
                bytes.drain();
            }
            throw e;
        }
    }

    private record Named(@Nullable String name, About about, MeasuredStream bytes) {}

    private Taken take(Caller caller, UUID user, DocumentReach.Target target, Named file) {
        UUID id = rules.ids().next();
        try {
            byte[] head = file.bytes().readNBytes(Sniffer.HEAD_BYTES);
            FileType type = sniffer.taken(head);
            blobs.put(id, target.record(), new SequenceInputStream(new ByteArrayInputStream(head), file.bytes()));
            Measured measured = file.bytes().measured();
            Document document = new Document(
                    id,
                    target.record(),
                    target.patient(),
                    id,
                    FileName.of(file.name(), type),
                    measured.size(),
                    type,
                    HexFormat.of().formatHex(measured.sha256()),
                    file.about().kind(),
                    file.about().date(),
                    rules.clock().instant().truncatedTo(ChronoUnit.MICROS),
                    DocumentStatus.PENDING,
                    null,
                    Document.Progress.NONE,
                    List.of(id.toString()));
            return documents.add(caller, user, document, measured.sha1());
        } catch (ShreddedException e) {
            throw new Problem(ProblemType.CONFLICT, SHREDDED);
        } catch (IOException e) {
            LOG.warn("A document cannot be kept: {}", e.getClass().getName());
            throw new Problem(ProblemType.UNAVAILABLE, "The file cannot be kept now");
        }
    }
}
