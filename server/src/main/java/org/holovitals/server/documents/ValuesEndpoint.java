package org.holovitals.server.documents;

import java.util.List;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.documents.ExtractedData.SealedValue;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.vault.ShreddedException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/documents/ID/values}: laboratory values that were found in a document. They are not part of the record. */
@RestController
@ConditionalOnWebApplication
final class ValuesEndpoint {
    private final DocumentReach reach;
    private final FoundValues values;

    ValuesEndpoint(DocumentReach reach, FoundValues values) {
        this.reach = reach;
        this.values = values;
    }

    /** All of a document. */
    record ValuesView(String status, List<ValueView> values) {}

    /**
     * A value as it is printed.
     *
     * @param status {@code auto} where it passed every gate, else {@code needs_review}
     * @param failedGates those that it did not pass
     */
    record ValueView(
            String name,
            String value,
            @Nullable String unit,
            @Nullable String referenceRange,
            @Nullable Boolean abnormal,
            double confidence,
            int page,
            String status,
            List<String> failedGates) {
        static ValueView of(SealedValue opened) {
            return new ValueView(
                    opened.name(),
                    opened.value(),
                    opened.unit(),
                    opened.range(),
                    opened.isAbnormal(),
                    opened.confidence(),
                    opened.page(),
                    opened.status(),
                    opened.failed());
        }
    }

    @GetMapping("/api/documents/{id}/values")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    ValuesView values(@PathVariable UUID id, Caller caller) {
        DocumentEndpoint.note(caller, "read-document-values", id);
        Document document = reach.read(caller, id);
        try {
            return new ValuesView(
                    document.status().code(),
                    values.of(id).stream().map(ValueView::of).toList());
        } catch (ShreddedException e) {
            throw new Problem(ProblemType.DOCUMENT_UNREADABLE, "The key of this record was destroyed");
        }
    }
}
