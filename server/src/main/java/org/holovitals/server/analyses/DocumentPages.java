package org.holovitals.server.analyses;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.access.Caller;
import org.holovitals.server.documents.PatientTexts;
import org.holovitals.server.documents.PatientTexts.Known;
import org.holovitals.server.documents.PatientTexts.Page;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.stored.StoredResource;

/**
 * Documents as pieces of a few lines, each with its page. A document is read when the caller would find a DocumentReference that has
 * it by a search on {@code /fhir}.
 */
final class DocumentPages {
    private static final String TYPE = "DocumentReference";
    private static final int LINES = 6;

    private final PatientTexts documents;
    private final RecordTexts records;

    DocumentPages(PatientTexts documents, RecordTexts records) {
        this.documents = documents;
        this.records = records;
    }

    /** What a caller may read of a patient's documents: of those that are named, or of all when none is. */
    List<RecordText> read(Caller caller, String patient, List<UUID> named) {
        List<Known> wanted =
                wanted(patient, named).stream().filter(Known::isRead).toList();
        Map<String, StoredResource> shown = shown(caller, wanted);
        List<RecordText> texts = new ArrayList<>();
        int number = 0;
        for (Known document : wanted) {
            String heading = "Document " + ++number;
            resource(document, shown)
                    .ifPresent(resource ->
                            documents.of(document.id()).forEach(page -> texts.addAll(pieces(resource, heading, page))));
        }
        return texts;
    }

    /**
     * Whether all of some documents can be read.
     *
     * @throws Problem when one is not there for the caller, or its text was not read
     */
    void require(Caller caller, String patient, List<UUID> named) {
        if (named.isEmpty()) {
            return;
        }
        List<Known> wanted = wanted(patient, named);
        Map<String, StoredResource> shown = shown(caller, wanted);
        long met = wanted.stream()
                .filter(document -> resource(document, shown).isPresent())
                .count();
        if (met < named.stream().distinct().count()) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        if (!wanted.stream().allMatch(Known::isRead)) {
            throw new Problem(ProblemType.CONFLICT, "There is no text of one of these documents, or not yet");
        }
    }

    /** In the order in which they are named. */
    private List<Known> wanted(String patient, List<UUID> named) {
        Map<UUID, Known> known = new LinkedHashMap<>();
        documents.documentsOf(patient).forEach(document -> known.put(document.id(), document));
        return (named.isEmpty() ? known.keySet() : named)
                .stream()
                        .distinct()
                        .flatMap(id -> Stream.ofNullable(known.get(id)))
                        .toList();
    }

    private Map<String, StoredResource> shown(Caller caller, List<Known> documents) {
        List<String> references = documents.stream()
                .flatMap(document -> document.references().stream())
                .map(reference -> TYPE + "/" + reference)
                .distinct()
                .toList();
        return records.shown(caller, references).stream()
                .collect(Collectors.toMap(StoredResource::id, Function.identity()));
    }

    private static Optional<StoredResource> resource(Known document, Map<String, StoredResource> shown) {
        return document.references().stream()
                .flatMap(reference -> Stream.ofNullable(shown.get(reference)))
                .findFirst();
    }

    private static List<RecordText> pieces(StoredResource resource, String heading, Page page) {
        List<String> lines = page.text()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        List<RecordText> pieces = new ArrayList<>();
        for (int from = 0; from < lines.size(); from += LINES) {
            pieces.add(new RecordText(
                    resource,
                    page.number(),
                    heading + ", page " + page.number() + ", line " + (from + 1),
                    String.join("\n", lines.subList(from, Math.min(lines.size(), from + LINES)))));
        }
        return pieces;
    }
}
