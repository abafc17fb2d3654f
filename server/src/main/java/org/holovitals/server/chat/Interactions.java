package org.holovitals.server.chat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables {@code analysis_sessions} and {@code ai_interactions}: what the finder was asked, was shown and said. A
 * conversation is one sitting, whose row has the conversation's id.
 */
final class Interactions {
    private final JdbcClient jdbc;

    Interactions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The sitting begins with the first answer. */
    void begin(UUID conversation, UUID user, UUID record, Instant now) {
        jdbc.sql("""
                        insert into holovitals.analysis_sessions (id, user_id, patient_id, session_type, created_at)
                        values (?, ?, ?, 'chat', ?) on conflict (id) do nothing
                        """)
                .params(conversation, user, record, now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * An answer.
     *
     * @param query sealed, and so are response and citations
     * @param shown the resources that it cites
     */
    record Interaction(
            UUID id,
            String query,
            String response,
            List<String> shown,
            String model,
            @Nullable String citations) {}

    void add(UUID conversation, Interaction interaction, Instant now) {
        jdbc.sql("""
                        insert into holovitals.ai_interactions
                          (id, session_id, query, response, context_documents, model, citations, created_at)
                        values (:id, :session, :query, :response, :shown, :model, :citations, :now)
                        """)
                .param("id", interaction.id())
                .param("session", conversation)
                .param("query", interaction.query())
                .param("response", interaction.response())
                .param("shown", interaction.shown().toArray(String[]::new))
                .param("model", interaction.model())
                .param("citations", interaction.citations())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** What was kept of a sitting goes with its conversation. */
    void delete(UUID conversation) {
        jdbc.sql("delete from holovitals.analysis_sessions where id = ?")
                .param(conversation)
                .update();
    }
}
