package org.holovitals.server.chat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code chat_conversations}: each belongs to the user who started it. */
final class Conversations {
    private static final String SELECT = """
            select c.id, k.id as record, k.fhir_id, c.title, c.started_at, c.last_message_at
            from holovitals.chat_conversations c left join holovitals.patient_keys k on k.id = c.patient_id
            """;

    private final JdbcClient jdbc;

    Conversations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(UUID id, UUID user, UUID record, @Nullable String title, Instant now) {
        jdbc.sql("""
                        insert into holovitals.chat_conversations (id, user_id, patient_id, title, started_at, created_at)
                        values (:id, :user, :record, :title, :now, :now)
                        """)
                .param("id", id)
                .param("user", user)
                .param("record", record)
                .param("title", title)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Conversation> find(UUID id, UUID user) {
        return jdbc.sql(SELECT + " where c.id = ? and c.user_id = ?")
                .params(id, user)
                .query((row, number) -> conversation(row))
                .optional();
    }

    /** Those of a user about some records, the last started first, behind one that was shown already. */
    List<Conversation> list(UUID user, Collection<String> patients, UUID after, int limit) {
        return jdbc.sql(SELECT + """
                         where c.user_id = :user and k.fhir_id = any (:patients) and c.id < :after
                        order by c.id desc limit :limit
                        """)
                .param("user", user)
                .param("patients", patients.toArray(String[]::new))
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> conversation(row))
                .list();
    }

    boolean rename(UUID id, UUID user, String title) {
        return jdbc.sql("update holovitals.chat_conversations set title = ? where id = ? and user_id = ?")
                        .params(title, id, user)
                        .update()
                == 1;
    }

    /** Gives a title to one that has none. */
    void nameIfUnnamed(UUID id, String title) {
        jdbc.sql("update holovitals.chat_conversations set title = ? where id = ? and title is null")
                .params(title, id)
                .update();
    }

    /** Holds the row to the end of the transaction, so that it is not deleted under a new message; false when it is gone. */
    boolean touch(UUID id, UUID user, Instant now) {
        return jdbc.sql("update holovitals.chat_conversations set last_message_at = ? where id = ? and user_id = ?")
                        .params(now.atOffset(ZoneOffset.UTC), id, user)
                        .update()
                == 1;
    }

    /** With its messages. */
    boolean delete(UUID id, UUID user) {
        return jdbc.sql("delete from holovitals.chat_conversations where id = ? and user_id = ?")
                        .params(id, user)
                        .update()
                == 1;
    }

    private static Conversation conversation(ResultSet row) throws SQLException {
        OffsetDateTime last = row.getObject("last_message_at", OffsetDateTime.class);
        return new Conversation(
                row.getObject("id", UUID.class),
                row.getObject("record", UUID.class),
                row.getString("fhir_id"),
                row.getString("title"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                last == null ? null : last.toInstant());
    }
}
