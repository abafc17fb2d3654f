package org.holovitals.server.chat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code chat_messages}. */
final class Messages {
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
                            'unverified', nullif(to_jsonb(:unverified::integer[]), '[]'))), :timestamp)
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
                .update();
    }

    /** A page, the newest first, behind a message that was shown already. */
    List<Message> list(UUID conversation, @Nullable UUID after, int limit) {
        return jdbc.sql("""
                        select id, role, content, timestamp, confidence, needs_escalation, escalation_reason, citations, status,
                          model, metadata ->> 'kind' as kind, metadata ->> 'note' as note,
                          array(select jsonb_array_elements_text(metadata -> 'unverified')::integer) as unverified
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

    /** Lets a user's questions come in one after the other to the end of the transaction, so that they can be counted. */
    void hold(UUID user) {
        jdbc.sql("select id from holovitals.users where id = ? for no key update")
                .param(user)
                .query(UUID.class)
                .single();
    }

    /** When a user asked the question that is so many questions back; empty where there were fewer since a moment. */
    Optional<Instant> asked(UUID user, int back, Instant since) {
        return jdbc.sql("""
                        select m.timestamp from holovitals.chat_messages m
                        join holovitals.chat_conversations c on c.id = m.conversation_id
                        where c.user_id = ? and m.role = 'user' and m.timestamp > ?
                        order by m.timestamp desc offset ? limit 1
                        """)
                .params(user, since.atOffset(ZoneOffset.UTC), back - 1)
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
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
                new Message.Remarks(row.getString("note"), List.of((Integer[])
                        row.getArray("unverified").getArray())));
    }
}
