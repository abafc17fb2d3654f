package org.holovitals.server.documents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.documents.PatientTexts.Known;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code ocr_results}: the text of each page, sealed. */
final class PageTexts {
    private final JdbcClient jdbc;

    PageTexts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A row.
     *
     * @param page from 1
     * @param text an envelope in base64
     * @param confidence 0 to 1; null for a text that was not recognised
     * @param words an envelope in base64; null where there are none
     */
    record SealedPage(
            UUID id,
            int page,
            String method,
            String text,
            @Nullable Double confidence,
            @Nullable String words) {}

    void add(UUID document, SealedPage page, Instant now) {
        jdbc.sql("""
                        insert into holovitals.ocr_results
                          (id, document_id, page, raw_text, confidence_score, method, words, processed_at, created_at)
                        values (:id, :document, :page, :text, :confidence, :method, to_jsonb(cast(:words as text)), :now, :now)
                        """)
                .param("id", page.id())
                .param("document", document)
                .param("page", page.page())
                .param("text", page.text())
                .param("confidence", page.confidence(), Types.NUMERIC)
                .param("method", page.method())
                .param("words", page.words(), Types.VARCHAR)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** A patient's documents that a DocumentReference has now, the last one that was brought first. */
    List<Known> documentsOf(String patient) {
        return jdbc.sql("""
                        select d.id, array_agg(r.fhir_id order by a.id) as "references",
                          exists (select from holovitals.ocr_results o where o.document_id = d.id) as is_read
                        from holovitals.patient_keys k join holovitals.documents d on d.patient_id = k.id
                        join holovitals.document_attachments a on a.document_id = d.id and a.is_current
                        join fhir.hfj_resource r on r.res_id = a.res_id
                        where k.fhir_id = ? group by d.id order by d.id desc
                        """)
                .param(patient)
                .query((row, number) -> new Known(
                        row.getObject("id", UUID.class),
                        List.of((String[]) row.getArray("references").getArray()),
                        row.getBoolean("is_read")))
                .list();
    }

    /** The page of a number of each file that a DocumentReference has now. */
    List<SealedPage> pagesOf(String reference, int number) {
        return jdbc.sql("""
                        select o.id, o.page, o.method, o.raw_text, o.confidence_score, o.words #>> '{}' as words
                        from fhir.hfj_resource r
                        join holovitals.document_attachments a on a.res_id = r.res_id and a.is_current
                        join holovitals.ocr_results o on o.document_id = a.document_id
                        where r.res_type = 'DocumentReference' and r.fhir_id = ? and o.page = ? order by a.id
                        """)
                .params(reference, number)
                .query((row, at) -> page(row))
                .list();
    }

    /** The pages of a document behind one that was shown already, in their order. */
    List<SealedPage> list(UUID document, int after, int limit) {
        return jdbc.sql("""
                        select id, page, method, raw_text, confidence_score, words #>> '{}' as words
                        from holovitals.ocr_results where document_id = ? and page > ? order by page limit ?
                        """)
                .params(document, after, limit)
                .query((row, number) -> page(row))
                .list();
    }

    private static SealedPage page(ResultSet row) throws SQLException {
        return new SealedPage(
                row.getObject("id", UUID.class),
                row.getInt("page"),
                row.getString("method"),
                row.getString("raw_text"),
                row.getBigDecimal("confidence_score") == null ? null : row.getDouble("confidence_score"),
                row.getString("words"));
    }
}
