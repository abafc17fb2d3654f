package org.holovitals.server.chat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code chat_questions}: when users asked lately, whatever became of the conversations. */
final class Questions {
    private final JdbcClient jdbc;

    Questions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lets a user's questions come in one after the other to the end of the transaction, so that they can be counted. */
    void hold(UUID user) {
        jdbc.sql("select id from holovitals.users where id = ? for no key update")
                .param(user)
                .query(UUID.class)
                .single();
    }

    /** Removes a user's of before a moment. */
    void forget(UUID user, Instant before) {
        jdbc.sql("delete from holovitals.chat_questions where user_id = ? and asked_at <= ?")
                .params(user, before.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** When a user asked the question that is so many questions back; empty where there were fewer. */
    Optional<Instant> asked(UUID user, int back) {
        return jdbc.sql("""
                        select asked_at from holovitals.chat_questions where user_id = ?
                        order by asked_at desc offset ? limit 1
                        """)
                .params(user, back - 1)
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    /** Adds one. */
    void add(UUID id, UUID user, Instant now) {
        jdbc.sql("insert into holovitals.chat_questions (id, user_id, asked_at, created_at) values (?, ?, ?, ?)")
                .params(id, user, now.atOffset(ZoneOffset.UTC), now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
