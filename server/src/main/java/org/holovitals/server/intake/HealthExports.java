package org.holovitals.server.intake;

import ca.uhn.fhir.context.FhirContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;
import org.holovitals.server.apple.HealthEntry;
import org.holovitals.server.apple.HealthExport;
import org.holovitals.server.apple.UnreadableExport;
import org.holovitals.server.importing.FhirPieces.Content;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/** Reads what Apple Health exports: {@code export.xml}, or the zip with it and the records that clinics sent in FHIR. */
final class HealthExports {
    private static final String FOLDER = "apple_health_export/";
    private static final String RECORDS = FOLDER + "clinical-records/";
    private static final int PEEK = 4096;
    private static final int NAME_AT = 30;
    private static final int MOST_FILES = 100_000;

    /** One resource each; what is cut here is broken. */
    private static final int LARGEST_RECORD = 16 << 20;

    private final FhirContext context;
    private final FhirFiles fhir;
    private final long limit;
    private final int most;

    /**
     * For exports up to a size.
     *
     * @param limit bytes, inflated
     * @param most resources that are made of readings
     */
    HealthExports(FhirContext context, FhirFiles fhir, long limit, int most) {
        this.context = context;
        this.fhir = fhir;
        this.limit = limit;
        this.most = most;
    }

    /** Whether a file that begins so is the XML of an export, which alone has such a document type. */
    static boolean isXml(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        return text.contains("<!DOCTYPE HealthData") || text.contains("<HealthData");
    }

    /** Whether a zip that begins so is an export: all of it is in a folder that has this name in every language. */
    static boolean isArchive(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        return text.startsWith("PK") && text.length() > NAME_AT && text.startsWith(FOLDER, NAME_AT);
    }

    /** The readings alone. */
    void readXml(InputStream in, Sink sink) throws IOException {
        readXml(in, sink, true);
    }

    private void readXml(InputStream in, Sink sink, boolean isAlone) throws IOException {
        sink.file();
        try {
            HealthExport.read(Xml.longReader(in), most, isAlone, entry -> sink.piece(piece(entry)))
                    .forEach(sink::loss);
        } catch (XMLStreamException e) {
            throw BadFile.of(e);
        } catch (UnreadableExport e) {
            ProblemType type = e.isTooLarge() ? ProblemType.IMPORT_TOO_LARGE : ProblemType.IMPORT_BROKEN;
            throw new Problem(type, "The export " + e.getMessage());
        }
    }

    private Piece piece(HealthEntry entry) {
        return new Piece(
                entry.resource().fhirType(),
                entry.fullUrl(),
                context.newJsonParser().encodeResourceToString(entry.resource()),
                null);
    }

    void readArchive(Content content, Sink sink) throws IOException {
        Skipped skipped = new Skipped();
        try (InputStream in = content.open()) {
            new Archive(limit, MOST_FILES).stream(in, (name, file) -> file(name, file, sink, skipped));
        }
        skipped.report(sink);
        if (!skipped.isExportFound) {
            throw new Problem(ProblemType.IMPORT_BROKEN, "The archive holds no export of Apple Health");
        }
    }

    private void file(String name, InputStream file, Sink sink, Skipped skipped) throws IOException {
        if (name.startsWith(RECORDS) && name.endsWith(".json")) {
            record(name.substring(FOLDER.length()), file.readNBytes(LARGEST_RECORD), sink);
        } else if (name.startsWith(FOLDER) && name.endsWith(".xml") && name.indexOf('/', FOLDER.length()) < 0) {
            PushbackInputStream whole = new PushbackInputStream(file, PEEK);
            byte[] start = whole.readNBytes(PEEK);
            whole.unread(start);
            if (isXml(start)) {
                skipped.isExportFound = true;
                readXml(whole, sink, false);
            } else {
                // The same readings once more, as a CDA document.
                skipped.documents++;
            }
        } else {
            skipped.others++;
        }
    }

    /** One that cannot be read does not keep back the others. */
    private void record(String name, byte[] bytes, Sink sink) {
        sink.file();
        try {
            fhir.read(name, () -> new ByteArrayInputStream(bytes), sink);
        } catch (IOException e) {
            sink.loss(name + ": " + BadFile.of(e).getMessage());
        } catch (Problem e) {
            if (e.type() == ProblemType.IMPORT_TOO_LARGE) {
                throw e;
            }
            sink.loss(name + ": " + e.getMessage());
        }
    }

    /** What of an archive is not read. */
    private static final class Skipped {
        private boolean isExportFound;
        private int documents;
        private int others;

        void report(Sink sink) {
            if (documents > 0) {
                sink.loss("The readings as a CDA document: left out, since they are read from the export itself");
            }
            if (others > 0) {
                sink.loss("Routes, electrocardiograms and other files: " + others + " left out");
            }
        }
    }
}
