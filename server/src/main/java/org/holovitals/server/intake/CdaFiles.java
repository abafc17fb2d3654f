package org.holovitals.server.intake;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import org.holovitals.server.cda.CdaContents;
import org.holovitals.server.cda.CdaReader;
import org.holovitals.server.cda.UnreadableDocument;
import org.holovitals.server.importing.FhirPieces.Content;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/** Reads files that are CDA documents. */
final class CdaFiles {
    private final FhirContext fhir;

    CdaFiles(FhirContext fhir) {
        this.fhir = fhir;
    }

    void read(Content content, Sink sink) throws IOException {
        try (InputStream in = content.open()) {
            CdaContents contents = CdaReader.read(in);
            contents.losses().forEach(sink::loss);
            contents.entries()
                    .forEach(entry -> sink.piece(new Piece(
                            entry.resource().fhirType(),
                            entry.fullUrl(),
                            fhir.newJsonParser().encodeResourceToString(entry.resource()),
                            null)));
        } catch (UnreadableDocument e) {
            throw new Problem(ProblemType.IMPORT_BROKEN, "The document " + e.getMessage());
        }
    }
}
