package org.holovitals.server.passages;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code document_embeddings}: passages and their vectors, sealed. */
final class Passages {
    private final JdbcClient jdbc;

    Passages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A row.
     *
     * @param index from 0
     * @param page from 1
     * @param text an envelope in base64
     * @param vector an envelope; null where there is no model
     * @param dimension numbers of the vector
     * @param space what made it; null likewise
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares rows.
    record Sealed(
            UUID id,
            UUID document,
            int index,
            int page,
            String text,
            byte @Nullable [] vector,
            int dimension,
            @Nullable Space space) {}

    void add(Sealed passage, Instant now) {
        Space space = passage.space();
        jdbc.sql("""
                        insert into holovitals.document_embeddings (id, document_id, chunk_index, page, chunk_text,
                          embedding, dimension, model, model_sha256, runtime, created_at)
                        values (:id, :document, :index, :page, :text, :vector, :dimension, :model, :sha256, :runtime, :now)
                        """)
                .param("id", passage.id())
                .param("document", passage.document())
                .param("index", passage.index())
                .param("page", passage.page())
                .param("text", passage.text())
                .param("vector", passage.vector(), Types.BINARY)
                .param("dimension", space == null ? null : passage.dimension(), Types.INTEGER)
                .param("model", space == null ? null : space.model(), Types.VARCHAR)
                .param("sha256", space == null ? null : HexFormat.of().parseHex(space.sha256()), Types.BINARY)
                .param("runtime", space == null ? null : space.runtime(), Types.VARCHAR)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Those of some documents, each document's in its order. */
    List<Sealed> of(Collection<UUID> documents) {
        return jdbc.sql("""
                        select id, document_id, chunk_index, page, chunk_text, embedding, dimension, model, model_sha256, runtime
                        from holovitals.document_embeddings where document_id = any (?) order by document_id, chunk_index
                        """)
                .param(documents.toArray(UUID[]::new))
                .query((row, number) -> sealed(row))
                .list();
    }

    private static Sealed sealed(ResultSet row) throws SQLException {
        String model = row.getString("model");
        return new Sealed(
                row.getObject("id", UUID.class),
                row.getObject("document_id", UUID.class),
                row.getInt("chunk_index"),
                row.getInt("page"),
                row.getString("chunk_text"),
                row.getBytes("embedding"),
                row.getInt("dimension"),
                model == null
                        ? null
                        : new Space(
                                model,
                                HexFormat.of().formatHex(row.getBytes("model_sha256")),
                                row.getString("runtime")));
    }

    int deleteOf(UUID document) {
        return jdbc.sql("delete from holovitals.document_embeddings where document_id = ?")
                .param(document)
                .update();
    }
}
