package org.holovitals.server.documents;

import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code document_attachments}: which DocumentReference has which document's bytes, under which Binary. */
final class Attachments {
    private final JdbcClient jdbc;

    Attachments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A file of a DocumentReference.
     *
     * @param id of the Binary
     * @param document whose bytes it has
     * @param reference FHIR id of the DocumentReference
     */
    record Attached(UUID id, UUID document, String reference) {}

    /**
     * A file that has no row yet.
     *
     * @param id of the Binary
     * @param document whose bytes it has
     * @param sha1 of the bytes, in hexadecimal
     */
    record New(UUID id, UUID document, String sha1) {}

    /**
     * Adds a row in the transaction that runs.
     *
     * @param resourceKey of the DocumentReference, hfj_resource.res_id; null for a Binary that waits for one
     */
    void add(New file, @Nullable Long resourceKey, boolean isCurrent, Instant now) {
        jdbc.sql("""
                        insert into holovitals.document_attachments
                          (id, document_id, res_id, is_current, sha1, created_at)
                        values (:id, :document, :key, :current, :sha1, :now)
                        """)
                .param("id", file.id())
                .param("document", file.document())
                .param("key", resourceKey, Types.BIGINT)
                .param("current", isCurrent)
                .param("sha1", HexFormat.of().parseHex(file.sha1()))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** From waiting to a DocumentReference that names them: those of some Binaries that were brought for its patient. */
    void claim(long resourceKey, String patient, Collection<UUID> named) {
        jdbc.sql("""
                        update holovitals.document_attachments a set res_id = :key
                        from holovitals.documents d join holovitals.patient_keys k on k.id = d.patient_id
                        where a.id = any (:named) and a.res_id is null and d.id = a.document_id and k.fhir_id = :patient
                        """)
                .param("key", resourceKey)
                .param("named", named.toArray(UUID[]::new))
                .param("patient", patient)
                .update();
    }

    /**
     * What an attachment says of its bytes.
     *
     * @param sha1 in hexadecimal
     */
    record Measures(FileType type, long size, String sha1) {}

    /** Those of some Binaries that wait for a DocumentReference of a patient. */
    Map<UUID, Measures> waiting(String patient, Collection<UUID> named) {
        Map<UUID, Measures> waiting = new HashMap<>();
        jdbc.sql("""
                        select a.id, a.sha1, d.mime_type, d.file_size
                        from holovitals.document_attachments a join holovitals.documents d on d.id = a.document_id
                        join holovitals.patient_keys k on k.id = d.patient_id
                        where a.id = any (:named) and a.res_id is null and k.fhir_id = :patient and a.sha1 is not null
                        """)
                .param("named", named.toArray(UUID[]::new))
                .param("patient", patient)
                .query(row -> {
                    waiting.put(
                            row.getObject("id", UUID.class),
                            new Measures(
                                    FileType.of(row.getString("mime_type")),
                                    row.getLong("file_size"),
                                    HexFormat.of().formatHex(row.getBytes("sha1"))));
                });
        return waiting;
    }

    /** Deletes those that have waited since before a time. */
    int deleteWaiting(Instant before) {
        return jdbc.sql("delete from holovitals.document_attachments where res_id is null and created_at < ?")
                .param(before.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Says which of a DocumentReference's its current version names. */
    void current(long resourceKey, Collection<UUID> named) {
        jdbc.sql("""
                        update holovitals.document_attachments set is_current = (id = any (:named))
                        where res_id = :key and is_current <> (id = any (:named))
                        """)
                .param("key", resourceKey)
                .param("named", named.toArray(UUID[]::new))
                .update();
    }

    /** Those with the id of a Binary, or else those of a document of that id: its own may have ended with the first that had it. */
    List<Attached> ofBinary(UUID id) {
        return jdbc.sql("""
                        select a.id, a.document_id, r.fhir_id
                        from holovitals.document_attachments a join fhir.hfj_resource r on r.res_id = a.res_id
                        where a.id = :id or a.document_id = :id order by a.id <> :id, a.id
                        """)
                .param("id", id)
                .query((row, number) -> new Attached(
                        row.getObject("id", UUID.class),
                        row.getObject("document_id", UUID.class),
                        row.getString("fhir_id")))
                .list();
    }

    /** The Binary under which a DocumentReference has these bytes already. */
    Optional<UUID> ofBytes(String reference, byte[] sha256) {
        return jdbc.sql("""
                        select a.id
                        from fhir.hfj_resource r join holovitals.document_attachments a on a.res_id = r.res_id
                        join holovitals.documents d on d.id = a.document_id
                        where r.res_type = 'DocumentReference' and r.fhir_id = ? and d.sha256 = ?
                        order by a.is_current desc, a.id limit 1
                        """).params(reference, sha256).query(UUID.class).optional();
    }

    /** Whether a DocumentReference has files of another patient than this one. */
    boolean areOfAnother(long resourceKey, String patient) {
        return jdbc.sql("""
                        select exists (
                          select from holovitals.document_attachments a
                          join holovitals.documents d on d.id = a.document_id
                          join holovitals.patient_keys k on k.id = d.patient_id
                          where a.res_id = ? and k.fhir_id <> ?)
                        """).params(resourceKey, patient).query(Boolean.class).single();
    }

    /** Deletes those of a DocumentReference; gives the documents that had its bytes. */
    List<UUID> delete(long resourceKey) {
        return jdbc.sql("delete from holovitals.document_attachments where res_id = ? returning document_id")
                .param(resourceKey)
                .query(UUID.class)
                .list();
    }
}
