package org.holovitals.server.vault;

import java.util.List;

/**
 * A column that holds envelopes and nothing in the clear, of a table whose key is {@code id}. What is not listed here cannot be
 * sealed, so that everything which is sealed can be sealed anew.
 *
 * @param name table and column; what is sealed for a row is bound to this and the row's id
 * @param read the envelope in base64, as SQL
 * @param write what the column is set to for the envelope {@code :sealed}, as SQL
 */
record SealedColumn(String table, String name, String read, String write) {
    private static final List<SealedColumn> ALL = List.of(
            text("chat_messages", "content"),
            text("chat_messages", "citations"),
            text("chat_conversations", "title"),
            text("ai_interactions", "query"),
            text("ai_interactions", "response"),
            text("ai_interactions", "citations"),
            text("ocr_results", "raw_text"),
            json("ocr_results", "words"),
            text("extracted_data", "printed_name"),
            text("extracted_data", "field_value"),
            text("extracted_data", "reference_range"),
            text("extracted_data", "report_date"),
            text("extracted_data", "decision"),
            text("document_embeddings", "chunk_text"),
            bytes("document_embeddings", "embedding"),
            text("analysis_queue", "prompt"),
            json("analysis_queue", "result"),
            text("prompt_splits", "content"),
            json("prompt_splits", "result"),
            text("prompt_optimizations", "original_prompt"),
            text("prompt_optimizations", "optimized_prompt"),
            member("prompt_optimizations", "metadata", "sources"),
            text("imports", "name"),
            text("imports", "report"),
            text("import_entries", "content"));

    /** Outside of the database, in {@link SealedFiles}. */
    private static final String FILES = "blobs";

    static List<SealedColumn> all() {
        return ALL;
    }

    private static SealedColumn text(String table, String column) {
        return of(table, column, column, ":sealed");
    }

    /** A JSON value that is a text. */
    private static SealedColumn json(String table, String column) {
        return of(table, column, "(" + column + " #>> '{}')", "to_jsonb(:sealed::text)");
    }

    /** A text in a JSON object. */
    private static SealedColumn member(String table, String column, String member) {
        return of(
                table,
                column,
                "(" + column + " ->> '" + member + "')",
                "jsonb_set(" + column + ", '{" + member + "}', to_jsonb(:sealed::text))");
    }

    /** PostgreSQL breaks base64 into lines. */
    private static SealedColumn bytes(String table, String column) {
        return of(
                table, column, "translate(encode(" + column + ", 'base64'), chr(10), '')", "decode(:sealed, 'base64')");
    }

    private static SealedColumn of(String table, String column, String read, String write) {
        return new SealedColumn(table, table + "." + column, read, write);
    }

    String column() {
        return name.substring(table.length() + 1);
    }

    /** Where an envelope of a row opens. */
    String context(Object row) {
        return name + ":" + row;
    }

    /** @throws IllegalArgumentException of a place that is in no list */
    static void check(String context) {
        String place = context.substring(0, Math.max(0, context.indexOf(':')));
        if (!place.equals(FILES) && ALL.stream().noneMatch(column -> column.name.equals(place))) {
            throw new IllegalArgumentException("What is sealed must be listed in SealedColumn");
        }
    }
}
