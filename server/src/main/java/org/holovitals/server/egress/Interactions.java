package org.holovitals.server.egress;

import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables {@code analysis_sessions} and {@code ai_interactions}: what a model or the finder was asked, was shown and said.
 * A conversation is one sitting, whose row has the conversation's id; an analysis is another with its own.
 */
public final class Interactions {
    private final JdbcClient jdbc;

    Interactions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A sitting.
     *
     * @param id of the conversation or the analysis
     * @param type {@code chat} or {@code analysis}
     * @param record the row in patients
     */
    public record Sitting(UUID id, String type, UUID user, UUID record) {}

    /** A sitting begins with the first answer. */
    public void begin(Sitting sitting, Instant now) {
        jdbc.sql("""
                        insert into holovitals.analysis_sessions (id, user_id, patient_id, session_type, created_at)
                        values (?, ?, ?, ?, ?) on conflict (id) do nothing
                        """)
                .params(sitting.id(), sitting.user(), sitting.record(), sitting.type(), now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * An answer.
     *
     * @param query sealed, and so are response and citations
     * @param response null while a model has not answered
     * @param shown the resources that it was shown
     */
    public record Interaction(
            UUID id,
            String query,
            @Nullable String response,
            List<String> shown,
            String model,
            @Nullable String citations) {}

    /** Adds what the finder was asked and said, for which nothing left. */
    public void add(UUID conversation, Interaction interaction, Instant now) {
        insert(conversation, interaction, null, now);
    }

    /** Adds what a model is asked, in the transaction after which it leaves. */
    public void add(UUID conversation, Interaction interaction, Departed departed, Instant now) {
        insert(conversation, interaction, departed, now);
    }

    private void insert(UUID conversation, Interaction interaction, @Nullable Departed departed, Instant now) {
        jdbc.sql("""
                        insert into holovitals.ai_interactions (id, session_id, query, response, context_documents, model,
                          citations, call_id, provider, egress_mode, body_sha256, created_at)
                        values (:id, :session, :query, :response, :shown, :model, :citations, :call, :provider, :mode, :sha256,
                          :now)
                        """)
                .param("call", departed == null ? null : departed.call(), Types.OTHER)
                .param("provider", departed == null ? null : departed.model().provider())
                .param("mode", departed == null ? null : departed.mode().text())
                .param("sha256", departed == null ? null : departed.sha256())
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

    /** What a model said to what it was asked, both sealed; false when it was said already. */
    public boolean answer(UUID id, String response, @Nullable String citations) {
        return jdbc.sql(
                                "update holovitals.ai_interactions set response = ?, citations = ? where id = ? and response is null")
                        .params(response, citations, id)
                        .update()
                == 1;
    }

    /** What was kept of a sitting goes with its conversation. */
    public void delete(UUID conversation) {
        jdbc.sql("delete from holovitals.analysis_sessions where id = ?")
                .param(conversation)
                .update();
    }
}
