package org.holovitals.server.documents;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code document_links}: how one document belongs to another of the same patient. */
final class DocumentLinks {
    private final JdbcClient jdbc;

    DocumentLinks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** From one document to another. */
    record Link(UUID source, UUID target, String relationship) {}

    /** Adds a link, or gives the one that is there another meaning. */
    void put(UUID id, Link link, Instant now) {
        jdbc.sql("""
                        insert into holovitals.document_links
                          (id, source_document_id, target_document_id, relationship_type, created_at)
                        values (?, ?, ?, ?, ?)
                        on conflict (source_document_id, target_document_id)
                          do update set relationship_type = excluded.relationship_type
                        """)
                .params(id, link.source(), link.target(), link.relationship(), now.atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean delete(UUID source, UUID target) {
        return jdbc.sql("delete from holovitals.document_links where source_document_id = ? and target_document_id = ?")
                        .params(source, target)
                        .update()
                == 1;
    }

    /** The links from some documents and to them, in the order in which they were made. */
    List<Link> of(Collection<UUID> documents) {
        return jdbc.sql("""
                        select source_document_id, target_document_id, relationship_type from holovitals.document_links
                        where source_document_id = any (:documents) or target_document_id = any (:documents) order by id
                        """)
                .param("documents", documents.toArray(UUID[]::new))
                .query((row, number) ->
                        new Link(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getString(3)))
                .list();
    }
}
