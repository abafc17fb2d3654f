package org.holovitals.server.importing;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.holovitals.server.importing.LineReader.Line;
import org.holovitals.server.importing.Scan.Format;
import org.holovitals.server.importing.Scan.Shape;

/**
 * Cuts FHIR files into pieces that can be parsed one by one, so that one that is not legal does not spoil the others: for who
 * wants to look at the resources before anything is stored.
 */
public final class FhirPieces {
    /** Types of DSTU2 and STU3 that R4 has no more. */
    private static final Set<String> FORMER_TYPES = Set.of(
            "BodySite",
            "Conformance",
            "DataElement",
            "DeviceComponent",
            "DeviceUseRequest",
            "DiagnosticOrder",
            "DiagnosticRequest",
            "EligibilityRequest",
            "EligibilityResponse",
            "ExpansionProfile",
            "ImagingManifest",
            "ImagingObjectSelection",
            "MedicationOrder",
            "Order",
            "OrderResponse",
            "ProcedureRequest",
            "ProcessRequest",
            "ProcessResponse",
            "ReferralRequest",
            "Sequence",
            "ServiceDefinition");

    private final Scanner scanner;
    private final long limit;

    /**
     * For files of whatever version of FHIR.
     *
     * @param limit bytes of a file, inflated
     */
    public FhirPieces(FhirContext fhir, long limit) {
        Set<String> types = new HashSet<>(fhir.getResourceTypes());
        types.addAll(FORMER_TYPES);
        this.scanner = new Scanner(new ResourceTypes(types), limit);
        this.limit = limit;
    }

    /** Opens the bytes of a file anew. */
    @FunctionalInterface
    public interface Content {
        /** Inflated and bounded, for the caller to close. */
        InputStream open() throws IOException;
    }

    /**
     * What a file was cut into.
     *
     * @param isXml whether they are XML; then there is one, which is the whole file
     * @param texts a bundle with one entry each, or the whole file in XML
     */
    public record Pieces(boolean isXml, List<String> texts) {}

    /** The pieces of a file; its name tells files of lines. */
    public Pieces of(String name, Content content) throws IOException {
        Source source = new Source(name, content::open);
        Scan scan = scanner.scan(source);
        if (scan.shape() == Shape.LINES) {
            return new Pieces(false, lines(source));
        }
        String text = FhirReader.text(source, scan);
        if (scan.format() == Format.XML) {
            return new Pieces(true, List.of(text));
        }
        if (scan.shape() == Shape.RESOURCE) {
            return new Pieces(false, List.of(bundled(text)));
        }
        return new Pieces(
                false,
                JsonEntries.split(text).stream().map(JsonEntries.Piece::bundle).toList());
    }

    private List<String> lines(Source source) throws IOException {
        List<String> bundles = new ArrayList<>();
        try (LineReader lines = new LineReader(source.open(), limit)) {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                bundles.add(bundled(new String(line.text(), StandardCharsets.UTF_8)));
            }
        }
        return bundles;
    }

    private static String bundled(String resource) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":" + resource + "}]}";
    }

    /** Whether a text in JSON has the character that no FHIR text may have and no database takes. */
    public static boolean holdsNul(String json) {
        return FhirReader.holdsNul(json);
    }

    /** Why a file could not be read, as the rest of a sentence that quotes nothing. */
    public static String reason(IOException problem) {
        return Reasons.ofReading(problem);
    }

    /** Why a resource could not be parsed, in words that quote nothing. */
    public static String reason(DataFormatException problem) {
        return Reasons.ofParsing(problem);
    }

    /** Why a resource could not be stored, in words that quote nothing. */
    public static String reasonOfStoring(Throwable problem) {
        return Reasons.ofStoring(problem);
    }
}
