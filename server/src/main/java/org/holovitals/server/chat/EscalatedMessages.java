package org.holovitals.server.chat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code chat_messages}, as far as messages have to do with analyses. */
final class EscalatedMessages {
    private final JdbcClient jdbc;

    EscalatedMessages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An answer that may be turned into an analysis.
     *
     * @param question what was asked, a sealed message; null where it is not known
     * @param reason why the answer does not suffice; null where it does
     */
    record Answer(
            UUID id,
            @Nullable UUID question,
            @Nullable String text,
            @Nullable String reason,
            @Nullable UUID task) {}

    /** Says to which question a message is the answer. */
    void answers(UUID answer, UUID question) {
        jdbc.sql("""
                        update holovitals.chat_messages
                        set metadata = metadata || jsonb_build_object('question', ?::text) where id = ?
                        """).params(question, answer).update();
    }

    /** An answer of a conversation with its question. */
    Optional<Answer> answer(UUID conversation, UUID id) {
        return jdbc.sql("""
                        select a.id, q.id as question, q.content, a.escalation_reason, a.escalated_to_task_id
                        from holovitals.chat_messages a
                        left join holovitals.chat_messages q
                          on q.conversation_id = a.conversation_id and q.id = (a.metadata ->> 'question')::uuid
                        where a.id = ? and a.conversation_id = ? and a.role = 'assistant'
                        """)
                .params(id, conversation)
                .query((row, number) -> new Answer(
                        row.getObject("id", UUID.class),
                        row.getObject("question", UUID.class),
                        row.getString("content"),
                        row.getString("escalation_reason"),
                        row.getObject("escalated_to_task_id", UUID.class)))
                .optional();
    }

    /** From an answer alone to one with an analysis; false when it has one, or is gone. */
    boolean link(UUID answer, UUID task) {
        return jdbc.sql("""
                        update holovitals.chat_messages set escalated_to_task_id = ?
                        where id = ? and escalated_to_task_id is null
                        """).params(task, answer).update() == 1;
    }

    /**
     * The conversation in which a task was asked for.
     *
     * @param record whose it is, by the row in patients
     */
    record Origin(UUID conversation, UUID user, UUID record) {}

    /** Where a task came from; empty when that is not, or no more, a conversation. */
    Optional<Origin> origin(UUID task) {
        return jdbc.sql("""
                        select c.id, c.user_id, c.patient_id from holovitals.chat_messages m
                        join holovitals.chat_conversations c on c.id = m.conversation_id
                        where m.escalated_to_task_id = ? and c.patient_id is not null
                        """)
                .param(task)
                .query((row, number) -> new Origin(
                        row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getObject(3, UUID.class)))
                .optional();
    }

    /** Adds what tells of the end of a task, behind all that was said; false when it was told. */
    boolean deliver(UUID conversation, UUID task, Message message, @Nullable String label) {
        return jdbc.sql("""
                        insert into holovitals.chat_messages (id, conversation_id, role, content, timestamp, type, citations, status,
                          model, metadata, delivered_task_id, created_at)
                        select :id, :conversation, 'assistant', :content,
                          greatest(:now::timestamptz, max(m.timestamp) + interval '1 microsecond'), 'deep', :citations, :status,
                          :model, jsonb_strip_nulls(jsonb_build_object('kind', :kind::text, 'label', :label::text)), :task,
                          :now::timestamptz
                        from holovitals.chat_messages m where m.conversation_id = :conversation
                        on conflict (delivered_task_id) do nothing
                        """)
                        .param("id", message.id())
                        .param("conversation", conversation)
                        .param("content", message.content())
                        .param("now", message.timestamp().atOffset(ZoneOffset.UTC))
                        .param("citations", message.citations())
                        .param("status", message.status())
                        .param("model", message.model())
                        .param("kind", message.kind())
                        .param("label", label)
                        .param("task", task)
                        .update()
                == 1;
    }

    /** Takes back what told of the end of a task. */
    void withdraw(UUID task) {
        jdbc.sql("delete from holovitals.chat_messages where delivered_task_id = ?")
                .param(task)
                .update();
    }

    /** Those of some messages that have to do with an analysis, by their ids. */
    Map<UUID, Escalated> of(List<UUID> messages) {
        return jdbc
                .sql("""
                        select m.id, q.id as task, q.status, m.delivered_task_id is not null as is_end,
                          m.metadata ->> 'label' as label
                        from holovitals.chat_messages m
                        join holovitals.analysis_queue q on q.id = coalesce(m.delivered_task_id, m.escalated_to_task_id)
                        where m.id = any (?)
                        """)
                .param(messages.toArray(UUID[]::new))
                .query((row, number) -> new Escalated(
                        row.getObject("id", UUID.class),
                        row.getObject("task", UUID.class),
                        row.getString("status"),
                        row.getBoolean("is_end"),
                        row.getString("label")))
                .list()
                .stream()
                .collect(Collectors.toMap(Escalated::message, Function.identity()));
    }
}
