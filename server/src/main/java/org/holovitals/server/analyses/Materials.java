package org.holovitals.server.analyses;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.holovitals.server.access.Caller;

/**
 * What an analysis reads: the record; where documents are named these and nothing else; where it is of documents and none is
 * named all of them and the record.
 */
final class Materials {
    private final RecordTexts records;
    private final DocumentPages pages;

    Materials(RecordTexts records, DocumentPages pages) {
        this.records = records;
        this.pages = pages;
    }

    /** For whoever puts a task in, who is told when a document that he names cannot be read. */
    List<RecordText> offered(Caller caller, String patient, Kind kind, List<UUID> documents) {
        pages.require(caller, patient, documents);
        return read(caller, patient, kind, documents);
    }

    /** As far as the caller may read it at this moment. */
    List<RecordText> read(Caller caller, String patient, Kind kind, List<UUID> documents) {
        if (!documents.isEmpty()) {
            return pages.read(caller, patient, documents);
        }
        List<RecordText> record = records.read(caller, patient);
        return kind == Kind.DOCUMENT_ANALYSIS
                ? Stream.concat(pages.read(caller, patient, documents).stream(), record.stream())
                        .toList()
                : record;
    }

    /** The same for a task. */
    List<RecordText> read(Caller caller, AnalysisTask task) {
        return read(caller, task.owner().patient(), task.kind(), task.documents());
    }
}
