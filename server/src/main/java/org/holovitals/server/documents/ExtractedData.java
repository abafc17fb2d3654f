package org.holovitals.server.documents;

import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code extracted_data}: values that were found in documents, what is printed of them sealed. */
final class ExtractedData {
    private static final String KIND = "lab";

    private final JdbcClient jdbc;

    ExtractedData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A row.
     *
     * @param value an envelope in base64
     * @param range an envelope in base64; null where none is printed
     * @param box as a JSON array; null where there is none
     * @param status {@code auto} or {@code needs_review}
     * @param failed codes of the gates that it did not pass
     */
    record SealedValue(
            UUID id,
            String name,
            String value,
            @Nullable String unit,
            @Nullable String range,
            @Nullable Boolean isAbnormal,
            double confidence,
            int page,
            @Nullable String box,
            String status,
            List<String> failed) {}

    void add(UUID document, SealedValue value, Instant now) {
        jdbc.sql("""
                        insert into holovitals.extracted_data (id, document_id, data_type, field_name, field_value, unit,
                          reference_range, is_abnormal, confidence, page, box, status, failed_gates, extracted_at, created_at)
                        values (:id, :document, :kind, :name, :value, :unit,
                          :range, :abnormal, :confidence, :page, cast(:box as jsonb), :status, :failed, :now, :now)
                        """)
                .param("id", value.id())
                .param("document", document)
                .param("kind", KIND)
                .param("name", value.name())
                .param("value", value.value())
                .param("unit", value.unit(), Types.VARCHAR)
                .param("range", value.range(), Types.VARCHAR)
                .param("abnormal", value.isAbnormal(), Types.BOOLEAN)
                .param("confidence", value.confidence())
                .param("page", value.page())
                .param("box", value.box(), Types.VARCHAR)
                .param("status", value.status())
                .param("failed", value.failed().toArray(String[]::new))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The values of a document, as they stand in it from the first page to the last. */
    List<SealedValue> list(UUID document) {
        return jdbc.sql("""
                        select id, field_name, field_value, unit, reference_range, is_abnormal, confidence, page,
                          box::text as box, status, failed_gates
                        from holovitals.extracted_data where document_id = ? order by page, id
                        """)
                .param(document)
                .query((row, number) -> new SealedValue(
                        row.getObject("id", UUID.class),
                        row.getString("field_name"),
                        row.getString("field_value"),
                        row.getString("unit"),
                        row.getString("reference_range"),
                        row.getObject("is_abnormal", Boolean.class),
                        row.getDouble("confidence"),
                        row.getInt("page"),
                        row.getString("box"),
                        row.getString("status"),
                        List.of((String[]) row.getArray("failed_gates").getArray())))
                .list();
    }
}
