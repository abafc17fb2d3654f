package org.holovitals.server.documents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.documents.Document.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code documents}. */
final class Documents {
    private static final String SELECT = """
            select d.id, d.patient_id, k.fhir_id, d.file_path, d.file_name, d.file_size, d.mime_type, d.sha256,
              d.document_type, d.document_date, d.upload_date, d.status, d.failure,
              d.pages_read, d.page_count,
              array(select r.fhir_id from holovitals.document_attachments a join fhir.hfj_resource r on r.res_id = a.res_id
                where a.document_id = d.id and a.is_current order by a.id) as "references"
            from holovitals.documents d join holovitals.patient_keys k on k.id = d.patient_id
            """;

    private final JdbcClient jdbc;

    Documents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds a row in the transaction that runs; false when the patient has these bytes already. Of two who bring the same at once
     * one waits for the other.
     *
     * @param user who brought it; null where no person did
     */
    boolean add(Document document, @Nullable UUID user) {
        return jdbc.sql("""
                        insert into holovitals.documents (id, user_id, patient_id, file_path, file_name, file_size,
                          mime_type, document_type, upload_date, document_date, status, sha256, created_at, updated_at)
                        values (:id, :user, :record, :blob, :name, :size,
                          :type, :kind, :now, :date, :status, :sha256, :now, :now)
                        on conflict (patient_id, sha256) do nothing
                        """)
                        .param("id", document.id())
                        .param("user", user, Types.OTHER)
                        .param("record", document.record())
                        .param("blob", document.blob().toString())
                        .param("name", document.name())
                        .param("size", document.size())
                        .param("type", document.type().mimeType())
                        .param("kind", document.kind(), Types.VARCHAR)
                        .param("date", document.date(), Types.DATE)
                        .param("status", document.status().code())
                        .param("sha256", HexFormat.of().parseHex(document.sha256()))
                        .param("now", document.uploaded().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    Optional<Document> find(UUID id) {
        return jdbc.sql(SELECT + " where d.id = ?")
                .param(id)
                .query((row, number) -> document(row))
                .optional();
    }

    /** The document of a patient that has these bytes. */
    Optional<Document> ofBytes(UUID record, String sha256) {
        return jdbc.sql(SELECT + " where d.patient_id = ? and d.sha256 = ?")
                .params(record, HexFormat.of().parseHex(sha256))
                .query((row, number) -> document(row))
                .optional();
    }

    /** What is asked for of a patient's documents; null for all. */
    record Wanted(
            UUID record,
            @Nullable DocumentStatus status,
            @Nullable FileType type) {}

    /** Those of a patient, the last one that was brought first, behind one that was shown already. */
    List<Document> list(Wanted wanted, UUID after, int limit) {
        return jdbc.sql(SELECT + """
                         where d.patient_id = :record and d.id < :after
                          and (cast(:status as text) is null or d.status = :status)
                          and (cast(:type as text) is null or d.mime_type = :type)
                        order by d.id desc limit :limit
                        """)
                .param("record", wanted.record())
                .param("after", after)
                .param(
                        "status",
                        wanted.status() == null ? null : wanted.status().code(),
                        Types.VARCHAR)
                .param("type", wanted.type() == null ? null : wanted.type().mimeType(), Types.VARCHAR)
                .param("limit", limit)
                .query((row, number) -> document(row))
                .list();
    }

    /** Deletes those of some documents that no DocumentReference has; gives the keys of their blobs. */
    List<UUID> deleteUnattached(Collection<UUID> ids) {
        return jdbc.sql("""
                        delete from holovitals.documents d
                        where d.id = any (?) and not exists
                          (select from holovitals.document_attachments a where a.document_id = d.id)
                        returning file_path::uuid
                        """).param(ids.toArray(UUID[]::new)).query(UUID.class).list();
    }

    /** Deletes all that no DocumentReference has and that were there before a time. */
    int deleteUnattached(Instant before) {
        return jdbc.sql("""
                        delete from holovitals.documents d
                        where d.created_at < ? and not exists
                          (select from holovitals.document_attachments a where a.document_id = d.id)
                        """).param(before.atOffset(ZoneOffset.UTC)).update();
    }

    /** Of some keys of blobs those that a row has. */
    Set<UUID> withBlobs(Collection<UUID> blobs) {
        return new HashSet<>(jdbc.sql("select file_path::uuid from holovitals.documents where file_path = any (?)")
                .param(blobs.stream().map(UUID::toString).toArray(String[]::new))
                .query(UUID.class)
                .list());
    }

    /** The keys of the blobs of a patient's. */
    List<UUID> blobsOf(UUID record) {
        return jdbc.sql("select file_path::uuid from holovitals.documents where patient_id = ? order by id")
                .param(record)
                .query(UUID.class)
                .list();
    }

    static Document document(ResultSet row) throws SQLException {
        return new Document(
                row.getObject("id", UUID.class),
                row.getObject("patient_id", UUID.class),
                row.getString("fhir_id"),
                UUID.fromString(row.getString("file_path")),
                row.getString("file_name"),
                row.getLong("file_size"),
                FileType.of(row.getString("mime_type")),
                HexFormat.of().formatHex(row.getBytes("sha256")),
                row.getString("document_type"),
                row.getObject("document_date", LocalDate.class),
                instant(row, "upload_date"),
                DocumentStatus.of(row.getString("status")),
                row.getString("failure"),
                new Progress(row.getInt("pages_read"), row.getObject("page_count", Integer.class)),
                List.of((String[]) row.getArray("references").getArray()));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
