package org.holovitals.server.costs;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code chatbot_costs}. */
public final class ChatbotCosts {
    private final JdbcClient jdbc;
    private final Ids ids;
    private final Clock clock;
    private final Charges charges;

    ChatbotCosts(JdbcClient jdbc, Ids ids, Clock clock, Charges charges) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
        this.charges = charges;
    }

    /**
     * What an answer used.
     *
     * @param message the answer; null where it could not be kept
     * @param isEstimated whether the provider told no usage, so that the tokens were counted here
     */
    public record Use(
            UUID user,
            @Nullable UUID message,
            String model,
            long inputTokens,
            long outputTokens,
            boolean isEstimated) {}

    /** Adds a row in the transaction that runs, at the price of now. */
    public void add(String provider, Use use) {
        add(use, charges.of(provider, use.model(), use.inputTokens(), use.outputTokens()));
    }

    /** The same at a price that was found already. */
    public void add(Use use, Charge charge) {
        jdbc.sql("""
                        insert into holovitals.chatbot_costs (id, user_id, message_id, timestamp, input_tokens, output_tokens,
                          total_tokens, cost, currency, model, price_id, usage_estimated)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(Arrays.asList(
                        ids.next(),
                        use.user(),
                        use.message(),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        use.inputTokens(),
                        use.outputTokens(),
                        use.inputTokens() + use.outputTokens(),
                        charge.cost(),
                        charge.currency(),
                        use.model(),
                        charge.priceId(),
                        use.isEstimated()))
                .update();
    }
}
