package org.holovitals.server.costs;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code analysis_costs}. */
public final class AnalysisCosts {
    private final JdbcClient jdbc;
    private final Ids ids;
    private final Clock clock;

    AnalysisCosts(JdbcClient jdbc, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What an analysis used.
     *
     * @param infrastructure cost of the machine; zero in this server's own processes
     */
    public record Use(
            UUID user,
            UUID task,
            String model,
            long inputTokens,
            long outputTokens,
            BigDecimal infrastructure,
            Duration time) {}

    /** Adds a row in the transaction that runs. */
    public void add(Use use, Charge charge) {
        BigDecimal model = charge.cost();
        jdbc.sql("""
                        insert into holovitals.analysis_costs (id, user_id, task_id, timestamp, input_tokens, output_tokens,
                          total_tokens, model_cost, infrastructure_cost, total_cost, currency, model, duration)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(Arrays.asList(
                        ids.next(),
                        use.user(),
                        use.task(),
                        now(),
                        use.inputTokens(),
                        use.outputTokens(),
                        use.inputTokens() + use.outputTokens(),
                        model,
                        use.infrastructure(),
                        model == null ? null : model.add(use.infrastructure()),
                        charge.currency(),
                        use.model(),
                        BigDecimal.valueOf(use.time().toMillis(), 3)))
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
