package org.holovitals.server.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** PostgreSQL: how long a statement takes, how many transactions it does, and how many of them are given up. */
final class DatabaseProbe implements Probe {
    private static final double MILLIS = 1000.0;
    private static final double MANY_ROLLBACKS = 0.5;
    private static final double MANY_CONNECTIONS = 0.9;

    private final JdbcClient jdbc;
    private final Clock clock;
    private @Nullable Counts before;

    DatabaseProbe(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Counts(long commits, long rollbacks, double connections, Instant at) {}

    @Override
    public Component component() {
        return Component.DATABASE;
    }

    @Override
    public Reading read() {
        Instant begin = clock.instant();
        Counts now = jdbc.sql("""
                        select xact_commit, xact_rollback, numbackends::float8
                          / (select setting::int from pg_settings where name = 'max_connections') as connections
                        from pg_stat_database where datname = current_database()
                        """)
                .query((row, number) -> new Counts(
                        row.getLong("xact_commit"), row.getLong("xact_rollback"), row.getDouble("connections"), begin))
                .single();
        Counts former = before;
        before = now;
        Reading reading = Reading.healthy(Duration.between(begin, clock.instant()))
                .degradedIf(now.connections() > MANY_CONNECTIONS, "Nearly all connections are in use");
        return former == null ? reading : since(reading, former, now);
    }

    private static Reading since(Reading reading, Counts former, Counts now) {
        long commits = now.commits() - former.commits();
        long rollbacks = now.rollbacks() - former.rollbacks();
        long all = commits + rollbacks;
        double seconds = Duration.between(former.at(), now.at()).toMillis() / MILLIS;
        if (all <= 0 || rollbacks < 0 || seconds <= 0) {
            return reading;
        }
        double errors = (double) rollbacks / all;
        return reading.errors(errors)
                .throughput(all / seconds)
                .degradedIf(errors > MANY_ROLLBACKS, "Most transactions are given up");
    }
}
