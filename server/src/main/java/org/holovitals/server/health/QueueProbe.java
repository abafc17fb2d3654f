package org.holovitals.server.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The queue of analyses: whether what waits is overdue while nobody works, and how many of the last hour's failed. */
final class QueueProbe implements Probe {
    private static final double HOUR_SECONDS = 3600;
    private static final double MANY_ERRORS = 0.25;

    private final JdbcClient jdbc;
    private final Clock clock;

    QueueProbe(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Counts(long overdue, boolean isWorkedOn, long ended, long failed) {}

    @Override
    public Component component() {
        return Component.QUEUE;
    }

    @Override
    public Reading read() {
        Instant begin = clock.instant();
        Counts counts = jdbc.sql("""
                        select
                          (select count(*) from holovitals.analysis_queue where status = 'queued' and due_at < now()) as overdue,
                          exists (select from holovitals.analysis_queue
                            where heartbeat_at > now() - interval '2 minutes') as is_worked_on,
                          count(*) as ended, count(*) filter (where status = 'dead') as failed
                        from holovitals.analysis_queue
                        where status in ('completed', 'failed', 'dead') and completed_at > now() - interval '1 hour'
                        """)
                .query((row, number) -> new Counts(
                        row.getLong("overdue"),
                        row.getBoolean("is_worked_on"),
                        row.getLong("ended"),
                        row.getLong("failed")))
                .single();
        double errors = counts.ended() == 0 ? 0 : (double) counts.failed() / counts.ended();
        return Reading.healthy(Duration.between(begin, clock.instant()))
                .errors(errors)
                .throughput(counts.ended() / HOUR_SECONDS)
                .degradedIf(errors > MANY_ERRORS, "Many analyses died in the last hour")
                .degradedIf(counts.overdue() > 0, "Analyses are past their target")
                .worse(
                        counts.overdue() > 0 && !counts.isWorkedOn() ? Status.DOWN : Status.HEALTHY,
                        "Analyses are past their target and nobody works on them");
    }
}
