package org.holovitals.server.chat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code chatbot_costs}: one row for each answer, at the price of the moment; without a price the cost is null. */
final class ChatbotCosts {
    private final JdbcClient jdbc;
    private final Ids ids;

    ChatbotCosts(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /**
     * What an answer used.
     *
     * @param model as the price list names it
     */
    record Usage(String provider, String model, long inputTokens, long outputTokens) {}

    void add(UUID user, UUID message, Usage usage, Instant now) {
        jdbc.sql("""
                        insert into holovitals.chatbot_costs (id, user_id, message_id, timestamp, input_tokens, output_tokens,
                          total_tokens, cost, currency, model, price_id, created_at)
                        select :id, :user, :message, :now, :input, :output, :input + :output,
                          (:input * p.input_price + :output * p.output_price) / 1000000, coalesce(p.currency, 'USD'), :model,
                          p.id, :now
                        from (select 1) one left join lateral (
                          select * from holovitals.model_prices
                          where provider = :provider and model = :model and valid_from <= :now
                          order by valid_from desc limit 1) p on true
                        """)
                .param("id", ids.next())
                .param("user", user)
                .param("message", message)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("input", usage.inputTokens())
                .param("output", usage.outputTokens())
                .param("provider", usage.provider())
                .param("model", usage.model())
                .update();
    }
}
