package org.holovitals.server.importing;

import java.io.IOException;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.jspecify.annotations.Nullable;

/**
 * What is imported or refused as one: a line, an entry of a batch, or a source as a whole.
 *
 * @param of the source that it belongs to
 * @param index its place there; 0 for a source as a whole
 * @param bytes its share of the source
 * @param content builds its transaction entries anew, for HAPI changes what it stores
 */
record Entry(PlannedSource of, int index, long bytes, Content content) {

    List<BundleEntryComponent> read() throws IOException {
        return content.read();
    }

    /** Gives up on the entry; a bundle may know which of its own entries was at fault. */
    void refuse(@Nullable Integer culprit, String reason) {
        of.refuse(index, failure(culprit, reason));
    }

    /** Leaves the entry for a later round. */
    void defer(@Nullable Integer culprit, String reason) {
        of.defer(index, failure(culprit, reason));
    }

    private ImportFailure failure(@Nullable Integer culprit, String reason) {
        Integer place = of.scan().isDivisible() ? Integer.valueOf(index) : culprit;
        return new ImportFailure(of.source().name(), place, reason);
    }

    /** Makes transaction entries. */
    interface Content {
        List<BundleEntryComponent> read() throws IOException;
    }
}
