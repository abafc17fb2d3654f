package org.holovitals.server.egress;

import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.costs.Charge;
import org.holovitals.server.costs.Charges;
import org.holovitals.server.costs.ChatbotCosts;
import org.holovitals.server.costs.Quotas;
import org.holovitals.server.costs.Quotas.Kept;
import org.holovitals.server.models.ModelCalls;
import org.holovitals.server.models.ModelCalls.UnderWay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Settles what is kept for calls of conversations of which nobody will hear any more: a thread was interrupted, or a server
 * died. What has left is paid as if all had been used that might be, as the provider may say so too; what has not goes back.
 */
final class LostCalls {
    private static final Logger LOG = LoggerFactory.getLogger(LostCalls.class);
    private static final int MOST = 100;

    private final ModelCalls calls;
    private final Quotas quotas;
    private final Charges charges;
    private final ChatbotCosts costs;
    private final TransactionOperations transactions;

    LostCalls(
            ModelCalls calls, Quotas quotas, Charges charges, ChatbotCosts costs, TransactionOperations transactions) {
        this.calls = calls;
        this.quotas = quotas;
        this.charges = charges;
        this.costs = costs;
        this.transactions = transactions;
    }

    /** Those that are past the time at which an answer could still come; several servers may do it at once. */
    void endOverdue() {
        quotas.overdue(MOST).forEach(this::end);
    }

    /** Of a thread that does not wait any more. Where the database is gone as well it is done when it is overdue. */
    void end(UUID reservation) {
        try {
            quotas.kept(reservation).ifPresent(this::end);
        } catch (RuntimeException e) {
            LOG.warn(
                    "What is kept for a call is settled later: {}", e.getClass().getName());
        }
    }

    private void end(Kept kept) {
        transactions.executeWithoutResult(status -> {
            Optional<UnderWay> call = Optional.ofNullable(kept.call()).flatMap(calls::underWay);
            if (call.isPresent()) {
                pay(kept, call.get());
            } else {
                quotas.release(kept.id());
            }
        });
    }

    private void pay(Kept kept, UnderWay call) {
        long input = call.most().inputTokens();
        long output = call.most().outputTokens();
        Charge charge = charges.of(call.provider(), call.model(), input, output);
        if (calls.lose(call.id(), charge.cost(), charge.currency())
                && quotas.settle(kept.id(), charge.cost(), call.most().total())) {
            costs.add(new ChatbotCosts.Use(kept.user(), null, call.model(), input, output, true), charge);
        }
    }
}
