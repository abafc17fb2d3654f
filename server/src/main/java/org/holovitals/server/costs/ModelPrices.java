package org.holovitals.server.costs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.holovitals.server.context.ModelPrice;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code model_prices}: a price counts until the next row of its model. */
public final class ModelPrices {
    private final JdbcClient jdbc;
    private final Ids ids;
    private final Clock clock;

    ModelPrices(JdbcClient jdbc, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A price with its row.
     *
     * @param source where it was read
     */
    public record Priced(UUID id, ModelPrice price, Instant validFrom, String source) {}

    /** Adds the lines of the shipped list that are missing, and returns how many were. */
    public int addShipped() {
        return PriceList.read().stream().mapToInt(this::add).sum();
    }

    /** The models of the shipped list. */
    public List<ModelPrice> shipped() {
        return PriceList.read().stream().map(PriceList.Line::price).toList();
    }

    /** A line that is there already stays, with what a later list says of the window. */
    private int add(PriceList.Line line) {
        ModelPrice price = line.price();
        return jdbc.sql("""
                        insert into holovitals.model_prices as p (id, provider, model, valid_from, context_window, output_limit,
                          input_price, cached_input_price, output_price, currency, source)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (provider, model, valid_from) do update
                        set context_window = excluded.context_window, output_limit = excluded.output_limit
                        where p.context_window <> excluded.context_window or p.output_limit <> excluded.output_limit
                        """).params(values(price, line.from(), line.source())).update();
    }

    /** Adds a price with its row's id; empty when the model has one from that very moment on. */
    Optional<UUID> add(ModelPrice price, Instant from, String source) {
        return jdbc.sql("""
                        insert into holovitals.model_prices (id, provider, model, valid_from, context_window, output_limit,
                          input_price, cached_input_price, output_price, currency, source)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (provider, model, valid_from) do nothing returning id
                        """)
                .params(values(price, from.atOffset(ZoneOffset.UTC), source))
                .query(UUID.class)
                .optional();
    }

    private List<@Nullable Object> values(ModelPrice price, OffsetDateTime from, String source) {
        return Arrays.asList(
                ids.next(),
                price.provider(),
                price.model(),
                from,
                price.contextWindow(),
                price.outputLimit(),
                price.inputPrice(),
                price.cachedInputPrice(),
                price.outputPrice(),
                price.currency(),
                source);
    }

    /** The price of a model now; empty where it has none, which is unknown and not free. */
    public Optional<Priced> of(String provider, String model) {
        return jdbc.sql("""
                        select * from holovitals.model_prices where provider = ? and model = ? and valid_from <= ?
                        order by valid_from desc limit 1
                        """)
                .params(provider, model, now())
                .query((row, number) -> priced(row))
                .optional();
    }

    /** The price of each model now. */
    public List<Priced> current() {
        return jdbc.sql("""
                        select distinct on (provider, model) * from holovitals.model_prices where valid_from <= ?
                        order by provider, model, valid_from desc
                        """).param(now()).query((row, number) -> priced(row)).list();
    }

    private static Priced priced(ResultSet row) throws SQLException {
        return new Priced(
                row.getObject("id", UUID.class),
                new ModelPrice(
                        row.getString("provider"),
                        row.getString("model"),
                        row.getLong("context_window"),
                        row.getLong("output_limit"),
                        row.getBigDecimal("input_price"),
                        row.getBigDecimal("cached_input_price"),
                        row.getBigDecimal("output_price"),
                        row.getString("currency")),
                row.getObject("valid_from", OffsetDateTime.class).toInstant(),
                row.getString("source"));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
