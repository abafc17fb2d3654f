package org.holovitals.server.costs;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.holovitals.server.alerts.Alert;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.context.ModelPrice;
import org.holovitals.server.costs.ModelPrices.Priced;

/** Says what a use of a model cost. A model without a price costs an unknown amount, of which operators are told. */
public final class Charges {
    private final ModelPrices prices;
    private final Alerts alerts;
    private final CostSettings settings;
    private final Clock clock;

    Charges(ModelPrices prices, Alerts alerts, CostSettings settings, Clock clock) {
        this.prices = prices;
        this.alerts = alerts;
        this.settings = settings;
        this.clock = clock;
    }

    /** By the price of now. The alert stands in the transaction that runs, once for a model and day. */
    public Charge of(String provider, String model, long inputTokens, long outputTokens) {
        Optional<Priced> priced = prices.of(provider, model);
        if (priced.isEmpty()) {
            alerts.raise(new Alert(
                    "model-without-price:" + provider + "/" + model + ":"
                            + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                    null,
                    "model-without-price",
                    Severity.MEDIUM,
                    Map.of("provider", provider, "model", model)));
            return new Charge(null, settings.currency(), null);
        }
        ModelPrice price = priced.get().price();
        return new Charge(
                price.cost(inputTokens, outputTokens),
                price.currency(),
                priced.get().id());
    }
}
