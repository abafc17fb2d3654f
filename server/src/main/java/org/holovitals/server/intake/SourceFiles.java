package org.holovitals.server.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.namespace.QName;
import org.holovitals.server.importing.FhirPieces.Content;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/** Tells what kind a file is by its first bytes, since names lie, and has it read. */
final class SourceFiles {
    /** Of a file, to tell its kind. */
    static final int PEEK = 4096;

    private static final QName CDA = new QName("urn:hl7-org:v3", "ClinicalDocument");
    private static final String FHIR = "http://hl7.org/fhir";

    private final FhirFiles fhir;
    private final CdaFiles cda;
    private final HealthCards cards;
    private final HealthExports exports;
    private final long limit;

    /** @param limit bytes of a file, inflated */
    SourceFiles(FhirFiles fhir, CdaFiles cda, HealthCards cards, HealthExports exports, long limit) {
        this.fhir = fhir;
        this.cda = cda;
        this.cards = cards;
        this.exports = exports;
        this.limit = limit;
    }

    /** Whether a file that begins so may be larger than others: the readings of years, which are put together. */
    static boolean isHealthExport(byte[] start) {
        return HealthExports.isArchive(start) || HealthExports.isXml(start);
    }

    /** Hands on what a file holds, or refuses it with the problem that it has. */
    Kind read(Content content, Sink sink) {
        try {
            byte[] start = start(content);
            if (HealthExports.isArchive(start)) {
                exports.readArchive(content, sink);
                return Kind.APPLE_HEALTH;
            }
            if (start.length > 3 && start[0] == 'P' && start[1] == 'K') {
                try (InputStream in = content.open()) {
                    new Archive(limit).read(in, (name, bytes) -> file(name, bytes, sink));
                }
                return Kind.ARCHIVE;
            }
            return plain("file", start, content, sink);
        } catch (IOException e) {
            throw BadFile.of(e);
        }
    }

    /** One that cannot be read does not keep back the others of an archive. */
    private void file(String name, byte[] bytes, Sink sink) {
        Content content = () -> new ByteArrayInputStream(bytes);
        sink.file();
        try {
            plain(name, start(content), content, sink);
        } catch (IOException e) {
            sink.loss(name + ": " + BadFile.of(e).getMessage());
        } catch (Problem e) {
            if (e.type() == ProblemType.IMPORT_TOO_LARGE) {
                throw e;
            }
            sink.loss(name + ": " + e.getMessage());
        }
    }

    private Kind plain(String name, byte[] start, Content content, Sink sink) throws IOException {
        char first = first(start);
        if (HealthCards.isOne(start)) {
            cards.read(content, sink);
            return Kind.HEALTH_CARDS;
        }
        if (first == '<' && HealthExports.isXml(start)) {
            try (InputStream in = content.open()) {
                exports.readXml(in, sink);
            }
            return Kind.APPLE_HEALTH;
        } else if (first == '<') {
            QName root = Xml.root(content.open());
            if (root.equals(CDA)) {
                cda.read(content, sink);
                return Kind.CCDA;
            } else if (!FHIR.equals(root.getNamespaceURI())) {
                throw unknown("The file is XML, but neither FHIR nor a CDA document");
            }
        } else if (first != '{') {
            throw unknown(
                    isForEyes(start)
                            ? "Bring a PDF or a picture as a document, under /api/documents: its text is read there"
                            : "The file is neither FHIR nor a CDA document nor a zip of these");
        }
        fhir.read(name, content, sink);
        return Kind.FHIR;
    }

    private static byte[] start(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readNBytes(PEEK);
        }
    }

    /** The first character that is neither white space nor of a byte order mark nor half of one of 16 bits. */
    private static char first(byte[] start) {
        for (byte next : start) {
            if (next > ' ') {
                return (char) next;
            }
        }
        return ' ';
    }

    /** Of the kinds of files that documents are. */
    private static boolean isForEyes(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        return text.startsWith("%PDF-")
                || text.startsWith("\u0089PNG")
                || text.startsWith("\u00ff\u00d8\u00ff")
                || text.startsWith("II*\u0000")
                || text.startsWith("MM\u0000*");
    }

    private static Problem unknown(String detail) {
        return new Problem(ProblemType.IMPORT_KIND_UNKNOWN, detail);
    }
}
