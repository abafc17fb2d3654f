package org.holovitals.server.importing;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.importing.JsonEntries.Piece;
import org.holovitals.server.importing.Scan.Format;
import org.holovitals.server.importing.Scan.Shape;
import org.jspecify.annotations.Nullable;

/** Builds the FHIR model of what the first pass has looked at. */
final class FhirReader {
    private final FhirContext fhir;

    FhirReader(FhirContext fhir) {
        this.fhir = fhir;
    }

    /** The text of a source that is no file of lines: it is read whole. */
    static String text(Source source, Scan scan) throws IOException {
        try (InputStream content = source.open()) {
            return decode(content.readAllBytes(), scan.charset());
        }
    }

    /** The one resource of a source. */
    Resource document(Source source, Scan scan) throws IOException {
        String text = text(source, scan);
        try {
            return parse(text, scan);
        } catch (DataFormatException e) {
            boolean isJsonBundle = scan.format() == Format.JSON && scan.shape() != Shape.RESOURCE;
            throw refusal(e, isJsonBundle ? brokenEntry(text, scan) : null);
        }
    }

    /** The entry for which HAPI refused a whole bundle: its parser does not tell. */
    private @Nullable Integer brokenEntry(String bundle, Scan scan) throws IOException {
        List<Piece> pieces = JsonEntries.split(bundle);
        for (int i = 0; i < pieces.size(); i++) {
            try {
                parse(pieces.get(i).bundle(), scan);
            } catch (DataFormatException e) {
                return i;
            }
        }
        return null;
    }

    /** One entry of a JSON bundle. */
    BundleEntryComponent piece(Piece piece, Scan scan) throws IOException {
        try {
            return ((Bundle) parse(piece.bundle(), scan)).getEntryFirstRep();
        } catch (DataFormatException e) {
            throw refusal(e, null);
        }
    }

    /** The resource on one line. */
    Resource line(byte[] line, Scan scan) throws IOException {
        // HAPI would pass over what follows the first document.
        JsonScan.requireJson(line);
        try {
            return parse(decode(line, StandardCharsets.UTF_8), scan);
        } catch (DataFormatException e) {
            throw refusal(e, null);
        }
    }

    private Resource parse(String text, Scan scan) {
        IParser parser = scan.format() == Format.JSON ? fhir.newJsonParser() : fhir.newXmlParser();
        parser.setParserErrorHandler(new StrictParsing());
        // In a transaction a placeholder is the entry's identity; elsewhere the resource's own id is.
        parser.setOverrideResourceIdWithBundleEntryFullUrl(
                scan.shape() == Shape.TRANSACTION || scan.shape() == Shape.BATCH);
        IBaseResource parsed = parser.parseResource(text);
        return (Resource) parsed;
    }

    private static String decode(byte[] bytes, Charset charset) throws IOException {
        String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static BadSourceException refusal(DataFormatException problem, @Nullable Integer entry) {
        return new BadSourceException(entry, Reasons.ofParsing(problem));
    }
}
