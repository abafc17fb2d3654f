package org.holovitals.server.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What starts machines: whether any runs past its end, and how many could not be started in the last hour. */
final class ProvisionerProbe implements Probe {
    private static final double HOUR_SECONDS = 3600;
    private static final double MANY_ERRORS = 0.2;

    private final JdbcClient jdbc;
    private final Clock clock;

    ProvisionerProbe(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Counts(long leftOver, long asked, long failed) {}

    @Override
    public Component component() {
        return Component.PROVISIONER;
    }

    @Override
    public Reading read() {
        Instant begin = clock.instant();
        Counts counts = jdbc.sql("""
                        select
                          (select count(*) from holovitals.cloud_instances
                            where status not in ('terminated', 'failed')
                              and terminate_after < now() - interval '2 minutes') as left_over,
                          count(*) as asked, count(*) filter (where status = 'failed') as failed
                        from holovitals.cloud_instances where created_at > now() - interval '1 hour'
                        """)
                .query((row, number) ->
                        new Counts(row.getLong("left_over"), row.getLong("asked"), row.getLong("failed")))
                .single();
        double errors = counts.asked() == 0 ? 0 : (double) counts.failed() / counts.asked();
        return Reading.healthy(Duration.between(begin, clock.instant()))
                .errors(errors)
                .throughput(counts.asked() / HOUR_SECONDS)
                .degradedIf(errors > MANY_ERRORS, "Instances cannot be started")
                .degradedIf(counts.leftOver() > 0, "Instances run past their end")
                .worse(
                        counts.asked() > 0 && counts.failed() == counts.asked() ? Status.DOWN : Status.HEALTHY,
                        "No instance could be started in the last hour");
    }
}
