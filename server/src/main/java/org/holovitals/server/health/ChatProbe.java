package org.holovitals.server.health;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Conversations: how long the answers of the last minutes took, and how many failed. */
final class ChatProbe implements Probe {
    private static final double MINUTES = 5;
    private static final double SECONDS = 60;
    private static final double MILLIS = 1000;
    private static final double MANY_ERRORS = 0.1;
    private static final double MOST_ERRORS = 0.9;

    private final JdbcClient jdbc;

    ChatProbe(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Counts(long answers, long failed, double seconds) {}

    @Override
    public Component component() {
        return Component.CHATBOT;
    }

    @Override
    public Reading read() {
        Counts counts = jdbc.sql("""
                        select count(*) as answers, count(*) filter (where a.status = 'failed') as failed,
                          coalesce(avg(extract(epoch from a.timestamp - q.timestamp)), 0) as seconds
                        from holovitals.chat_messages a
                        left join holovitals.chat_messages q on q.id = (a.metadata ->> 'question')::uuid
                        where a.timestamp > now() - interval '5 minutes' and a.role = 'assistant' and a.delivered_task_id is null
                        """)
                .query((row, number) ->
                        new Counts(row.getLong("answers"), row.getLong("failed"), row.getDouble("seconds")))
                .single();
        if (counts.answers() == 0) {
            return new Reading(Status.HEALTHY, null, null, 0.0, null, null);
        }
        double errors = (double) counts.failed() / counts.answers();
        return Reading.healthy(Duration.ofMillis((long) (counts.seconds() * MILLIS)))
                .errors(errors)
                .throughput(counts.answers() / (MINUTES * SECONDS))
                .degradedIf(errors > MANY_ERRORS, "Questions are not answered")
                .worse(errors > MOST_ERRORS ? Status.DOWN : Status.HEALTHY, "No question is answered");
    }
}
