package org.holovitals.server.ledger;

import java.util.Map;

/** What was done, in words for the patient. */
final class LedgerWords {
    private static final Map<String, String> VERBS = Map.ofEntries(
            Map.entry("read", "read %s"),
            Map.entry("vread", "read a former version of %s"),
            Map.entry("history-instance", "read the history of %s"),
            Map.entry("history-type", "read the history of %s"),
            Map.entry("history-system", "read the history of everything"),
            Map.entry("search-type", "searched %s"),
            Map.entry("search-system", "searched everything"),
            Map.entry("page", "read a further page of a search"),
            Map.entry("create", "added %s"),
            Map.entry("update", "changed %s"),
            Map.entry("patch", "changed %s"),
            Map.entry("delete", "deleted %s"),
            Map.entry("transaction", "sent a transaction"),
            Map.entry("batch", "sent a batch"),
            Map.entry("ask", "asked a question of the record"),
            Map.entry("escalate", "asked for an analysis of the record"),
            Map.entry("start-conversation", "started a conversation about the record"),
            Map.entry("read-conversation", "read a conversation about the record"),
            Map.entry("upload-document", "added a document"),
            Map.entry("list-documents", "listed the documents"),
            Map.entry("read-document", "looked at what is known of a document"),
            Map.entry("download-document", "read a document"),
            Map.entry("follow-document", "followed the reading of a document"),
            Map.entry("read-document-text", "read the text of a document"),
            Map.entry("read-document-values", "read the values that were found in a document"),
            Map.entry("list-review", "listed the values that were found in documents"),
            Map.entry("read-review", "looked at a value that was found in a document"),
            Map.entry("see-review-crop", "looked at a part of a page of a document"),
            Map.entry("confirm-value", "took a value of a document into the record"),
            Map.entry("correct-value", "corrected a value of a document and took it into the record"),
            Map.entry("reject-value", "rejected a value that was found in a document"),
            Map.entry("decide-values", "decided about values that were found in documents"),
            Map.entry("link-documents", "linked two documents"),
            Map.entry("unlink-documents", "took a link between two documents back"),
            Map.entry("delete-document", "deleted a document"),
            Map.entry("$everything", "read the whole record"),
            Map.entry("$lastn", "looked up the latest observations"),
            Map.entry("$summary", "read a summary of the record"),
            Map.entry("$export", "asked for a bulk export"),
            Map.entry("export-run", "prepared the files of a bulk export"),
            Map.entry("$export-file", "fetched a file of a bulk export (%s)"),
            Map.entry("egress", "sent to a language model what it needed for an answer"),
            Map.entry("choose-egress", "chose what may be sent to language models"),
            Map.entry("quote-analysis", "had the record counted for an analysis"),
            Map.entry("submit-analysis", "asked for an analysis of the record"),
            Map.entry("read-for-analysis", "had the record read for an analysis"),
            Map.entry("read-analysis", "read the result of an analysis"),
            Map.entry("import-file", "brought a file for the record"),
            Map.entry("list-imports", "listed the files that were brought"),
            Map.entry("read-import", "looked at a file that was brought"),
            Map.entry("confirm-import", "said that a file is this patient's"),
            Map.entry("commit-import", "took a file that was brought into the record"),
            Map.entry("undo-import", "took an imported file back out of the record"),
            Map.entry("break-glass", "broke the glass"),
            Map.entry("shred-key", "destroyed the key of what was encrypted"),
            Map.entry("renew-key", "renewed the key of what is encrypted"),
            Map.entry("read-access-log", "read this ledger"),
            Map.entry("read-disclosures", "read the accounting of disclosures"));

    private LedgerWords() {}

    static String of(AuditRow row) {
        if (row.isEveryone()) {
            return row.action().equals("$export") ? "a bulk export of all records" : "all records: " + verb(row);
        }
        return verb(row);
    }

    private static String verb(AuditRow row) {
        String verb = VERBS.get(row.action());
        return verb == null
                ? row.action().replace("$", "").replace('-', ' ') + " (" + row.resource() + ")"
                : verb.formatted(row.resource());
    }
}
