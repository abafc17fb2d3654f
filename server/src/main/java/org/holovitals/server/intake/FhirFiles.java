package org.holovitals.server.intake;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.importing.FhirPieces;
import org.holovitals.server.importing.FhirPieces.Content;
import org.holovitals.server.importing.FhirPieces.Pieces;
import org.holovitals.server.intake.FhirVersions.Illegal;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Reads files of FHIR resources, of the version in which most of them are legal. */
final class FhirFiles {
    private final FhirContext fhir;
    private final FhirPieces cutter;

    FhirFiles(FhirContext fhir, long limit) {
        this.fhir = fhir;
        this.cutter = new FhirPieces(fhir, limit);
    }

    /** A file in one version. */
    private record Read(FhirVersions version, List<Piece> pieces) {
        long refusals() {
            return pieces.stream().filter(Piece::isRefused).count();
        }
    }

    void read(String name, Content content, Sink sink) throws IOException {
        Pieces pieces = cutter.of(name, content);
        Read best = new Read(FhirVersions.R4, parse(pieces, FhirVersions.R4));
        for (FhirVersions version : FhirVersions.READ) {
            if (best.refusals() > 0 && version != FhirVersions.R4) {
                Read other = new Read(version, parse(pieces, version));
                best = other.refusals() < best.refusals() ? other : best;
            }
        }
        requireSome(pieces, best);
        if (best.version() != FhirVersions.R4) {
            sink.loss("The file is of FHIR " + best.version()
                    + " and was converted to R4; what R4 has no place for is left out");
        }
        best.pieces().forEach(sink::piece);
    }

    private static void requireSome(Pieces pieces, Read read) {
        if (read.pieces().isEmpty()) {
            throw new Problem(ProblemType.IMPORT_BROKEN, "The file holds no resource");
        }
        if (read.refusals() < read.pieces().size()) {
            return;
        }
        String reason = String.valueOf(read.pieces().get(0).refusal());
        if (pieces.texts().stream().allMatch(text -> FhirVersions.R5.isLegal(text, pieces.isXml()))) {
            // A mistake in R4 may be none in R5.
            throw new Problem(
                    ProblemType.IMPORT_VERSION,
                    "The file is of FHIR R5, or in R4 it %s; %s can be imported"
                            .formatted(reason, FhirVersions.named()));
        }
        throw new Problem(ProblemType.IMPORT_BROKEN, "Nothing in the file can be read: " + reason);
    }

    private List<Piece> parse(Pieces pieces, FhirVersions version) {
        List<Piece> parsed = new ArrayList<>();
        for (String text : pieces.texts()) {
            try {
                if (!pieces.isXml() && FhirPieces.holdsNul(text)) {
                    throw new Illegal("holds a NUL character, which no FHIR text may");
                }
                split(version.read(text, pieces.isXml()), parsed);
            } catch (Illegal e) {
                parsed.add(Piece.refused(String.valueOf(e.getMessage())));
            }
        }
        return parsed;
    }

    private void split(Resource read, List<Piece> parsed) {
        if (!(read instanceof Bundle bundle)) {
            parsed.add(piece(null, read));
            return;
        }
        for (BundleEntryComponent entry : bundle.getEntry()) {
            if (entry.getResource() instanceof Bundle) {
                parsed.add(Piece.refused("is a bundle in a bundle"));
            } else if (entry.hasResource()) {
                parsed.add(piece(entry.getFullUrl(), entry.getResource()));
            } else {
                parsed.add(Piece.refused("holds no resource"));
            }
        }
    }

    private Piece piece(@Nullable String fullUrl, Resource resource) {
        // The parser has linked resources of a file to each other, and would write one without an id into the other.
        fhir.newTerser()
                .getAllPopulatedChildElementsOfType(resource, Reference.class)
                .forEach(reference -> {
                    if (reference.hasReference() && !reference.getReference().startsWith("#")) {
                        reference.setResource(null);
                    }
                });
        IParser parser = fhir.newJsonParser();
        parser.setStripVersionsFromReferences(false);
        return new Piece(resource.fhirType(), fullUrl, parser.encodeResourceToString(resource), null);
    }
}
