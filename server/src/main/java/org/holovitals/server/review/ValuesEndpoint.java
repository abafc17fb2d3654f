package org.holovitals.server.review;

import java.util.List;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.documents.SharedDocuments;
import org.holovitals.server.documents.SharedDocuments.Sheet;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.review.Candidate.Found;
import org.holovitals.server.vault.ShreddedException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/documents/ID/values}: laboratory values that were found in a document, as they were read. */
@RestController
@ConditionalOnWebApplication
final class ValuesEndpoint {
    private final SharedDocuments documents;
    private final Candidates candidates;

    ValuesEndpoint(SharedDocuments documents, Candidates candidates) {
        this.documents = documents;
        this.candidates = candidates;
    }

    /** All of a document. */
    record ValuesView(String status, List<ValueView> values) {}

    /**
     * A value as it is printed.
     *
     * @param status {@code auto} where it passed every gate, else {@code needs_review}, until a person has said what it is
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
        static ValueView of(Candidate opened) {
            Found found = opened.found();
            return new ValueView(
                    found.name(),
                    found.value(),
                    found.unit(),
                    found.range(),
                    found.isAbnormal(),
                    found.confidence(),
                    found.page(),
                    opened.status().code(),
                    found.failed());
        }
    }

    @GetMapping("/api/documents/{id}/values")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    ValuesView values(@PathVariable UUID id, Caller caller) {
        caller.call().record().action("read-document-values");
        caller.call().record().resource("documents", id.toString());
        Sheet document = documents.read(caller, id);
        try {
            return new ValuesView(
                    document.status(),
                    candidates.of(id).stream().map(ValueView::of).toList());
        } catch (ShreddedException e) {
            throw new Problem(ProblemType.DOCUMENT_UNREADABLE, "The key of this record was destroyed");
        }
    }
}
