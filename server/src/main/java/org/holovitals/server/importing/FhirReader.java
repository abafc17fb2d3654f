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
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.fhir.StrictParsing;
import org.holovitals.server.importing.JsonEntries.Piece;
import org.holovitals.server.importing.Scan.Format;
import org.holovitals.server.importing.Scan.Shape;
import org.jspecify.annotations.Nullable;

/** Builds the FHIR model of what the first pass has looked at. */
final class FhirReader {
    private static final String ESCAPED_NUL = "\\u0000";

    private final FhirContext fhir;
    private final ResourceTypes known;

    FhirReader(FhirContext fhir, ResourceTypes known) {
        this.fhir = fhir;
        this.known = known;
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
        } catch (BadSourceException e) {
            boolean isJsonBundle = scan.format() == Format.JSON && scan.shape() != Shape.RESOURCE;
            throw isJsonBundle ? new BadSourceException(brokenEntry(text, scan), e.reason()) : e;
        }
    }

    /** The entry for which a whole bundle was refused: HAPI's parser does not tell. */
    private @Nullable Integer brokenEntry(String bundle, Scan scan) throws IOException {
        List<Piece> pieces = JsonEntries.split(bundle);
        for (int i = 0; i < pieces.size(); i++) {
            try {
                parse(pieces.get(i).bundle(), scan);
            } catch (BadSourceException e) {
                return i;
            }
        }
        return null;
    }

    /** One entry of a JSON bundle. */
    BundleEntryComponent piece(Piece piece, Scan scan) throws IOException {
        if (piece.type() != null) {
            known.require(Set.of(piece.type()));
        }
        return ((Bundle) parse(piece.bundle(), scan)).getEntryFirstRep();
    }

    /** The resource on one line. */
    Resource line(byte[] line, Scan scan) throws IOException {
        // HAPI would pass over what follows the first document.
        known.require(Set.of(JsonScan.typeOfDocument(line)));
        return parse(decode(line, StandardCharsets.UTF_8), scan);
    }

    private Resource parse(String text, Scan scan) throws BadSourceException {
        if (scan.format() == Format.JSON && holdsNul(text)) {
            throw new BadSourceException("holds a NUL character, which no FHIR text may");
        }
        IParser parser = scan.format() == Format.JSON ? fhir.newJsonParser() : fhir.newXmlParser();
        parser.setParserErrorHandler(StrictParsing.withoutValues());
        // In a transaction a placeholder is the entry's identity; elsewhere the resource's own id is.
        parser.setOverrideResourceIdWithBundleEntryFullUrl(
                scan.shape() == Shape.TRANSACTION || scan.shape() == Shape.BATCH);
        try {
            IBaseResource parsed = parser.parseResource(text);
            return (Resource) parsed;
        } catch (DataFormatException e) {
            throw new BadSourceException(Reasons.ofParsing(e));
        }
    }

    /** In JSON it can only stand escaped; the database would refuse it without a word about the entry. */
    static boolean holdsNul(String json) {
        for (int at = json.indexOf(ESCAPED_NUL); at >= 0; at = json.indexOf(ESCAPED_NUL, at + 1)) {
            int before = at;
            while (before > 0 && json.charAt(before - 1) == '\\') {
                before--;
            }
            if ((at - before) % 2 == 0) {
                return true;
            }
        }
        return false;
    }

    private static String decode(byte[] bytes, Charset charset) throws IOException {
        String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
