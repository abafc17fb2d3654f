package org.holovitals.server.analyses;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.documents.PatientTexts;
import org.holovitals.server.documents.PatientTexts.Page;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.stored.StoredResource;

/**
 * Documents as pieces of a few lines, each with its page. A document is read when the caller would find its DocumentReference by
 * a search on {@code /fhir}.
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
        List<UUID> known = documents.readOf(patient);
        List<UUID> wanted =
                named.isEmpty() ? known : named.stream().filter(known::contains).toList();
        Map<String, StoredResource> shown = new HashMap<>();
        records.shown(caller, wanted.stream().map(id -> TYPE + "/" + id).toList())
                .forEach(resource -> shown.put(resource.id(), resource));
        List<RecordText> texts = new ArrayList<>();
        for (UUID id : wanted) {
            StoredResource resource = shown.get(id.toString());
            if (resource != null) {
                String heading = "Document " + (wanted.indexOf(id) + 1);
                documents.of(id).forEach(page -> texts.addAll(pieces(resource, heading, page)));
            }
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
        List<String> references = named.stream().map(id -> TYPE + "/" + id).toList();
        if (records.shown(caller, references).size() < named.stream().distinct().count()) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
        if (!documents.readOf(patient).containsAll(named)) {
            throw new Problem(ProblemType.CONFLICT, "There is no text of one of these documents, or not yet");
        }
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
