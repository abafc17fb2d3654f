package org.holovitals.server.chat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.holovitals.server.finder.Finding.Looked;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code chat_messages}. */
final class Messages {
    private static final String PARTLY = " partly";

    private final JdbcClient jdbc;

    Messages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(UUID conversation, Message message) {
        jdbc.sql("""
                        insert into holovitals.chat_messages (id, conversation_id, role, content, timestamp, type, confidence,
                          needs_escalation, escalation_reason, analysis_id, citations, status, model, metadata, created_at)
                        values (:id, :conversation, :role, :content, :timestamp, :type, :confidence, :needsEscalation,
                          :escalationReason, :analysis, :citations, :status, :model,
                          jsonb_strip_nulls(jsonb_build_object('kind', :kind::text, 'note', :note::text,
                            'unverified', nullif(to_jsonb(:unverified::integer[]), '[]'),
                            'looked', nullif(to_jsonb(:looked::text[]), '[]'))), :timestamp)
                        """)
                .param("id", message.id())
                .param("conversation", conversation)
                .param("role", message.role())
                .param("content", message.content())
                .param("timestamp", message.timestamp().atOffset(ZoneOffset.UTC))
                .param("type", message.model() == null ? null : "quick")
                .param("confidence", message.confidence())
                .param("needsEscalation", message.needsEscalation())
                .param("escalationReason", message.escalationReason())
                .param("analysis", message.model() == null ? null : conversation)
                .param("citations", message.citations())
                .param("status", message.status())
                .param("model", message.model())
                .param("kind", message.kind())
                .param("note", message.remarks().note())
                .param("unverified", message.remarks().unverified().toArray(Integer[]::new))
                .param(
                        "looked",
                        message.remarks().looked().stream().map(Messages::word).toArray(String[]::new))
                .update();
    }

    /** A page, the newest first, behind a message that was shown already. */
    List<Message> list(UUID conversation, @Nullable UUID after, int limit) {
        return jdbc.sql("""
                        select id, role, content, timestamp, confidence, needs_escalation, escalation_reason, citations, status,
                          model, metadata ->> 'kind' as kind, metadata ->> 'note' as note,
                          array(select jsonb_array_elements_text(metadata -> 'unverified')::integer) as unverified,
                          array(select jsonb_array_elements_text(metadata -> 'looked')) as looked
                        from holovitals.chat_messages
                        where conversation_id = :conversation and (:after::uuid is null or (timestamp, id) < (
                          select timestamp, id from holovitals.chat_messages where id = :after::uuid))
                        order by timestamp desc, id desc limit :limit
                        """)
                .param("conversation", conversation)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> message(row))
                .list();
    }

    private static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getObject("id", UUID.class),
                row.getString("role"),
                row.getString("content"),
                row.getObject("timestamp", OffsetDateTime.class).toInstant(),
                row.getBigDecimal("confidence"),
                row.getBoolean("needs_escalation"),
                row.getString("escalation_reason"),
                row.getString("citations"),
                row.getString("status"),
                row.getString("model"),
                row.getString("kind"),
                new Message.Remarks(
                        row.getString("note"),
                        List.of((Integer[]) row.getArray("unverified").getArray()),
                        Stream.of((String[]) row.getArray("looked").getArray())
                                .map(Messages::looked)
                                .toList()));
    }

    /** A part of the record, marked where it was not all open. */
    private static String word(Looked looked) {
        return looked.isWhole() ? looked.area() : looked.area() + PARTLY;
    }

    private static Looked looked(String word) {
        boolean isWhole = !word.endsWith(PARTLY);
        return new Looked(isWhole ? word : word.substring(0, word.length() - PARTLY.length()), isWhole);
    }
}
