package org.holovitals.server.costs;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.costs.CostsEndpoint.Today;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/costs/limits}: what single users may spend in a day, for administrators. */
@RestController
@ConditionalOnWebApplication
final class LimitEndpoint {
    private static final BigDecimal MOST_COST = BigDecimal.valueOf(1_000_000_000);

    private final Quotas quotas;
    private final Users users;

    LimitEndpoint(Quotas quotas, Users users) {
        this.quotas = quotas;
        this.users = users;
    }

    /** What a user may spend in a day. */
    record Limit(@Nullable BigDecimal cost, @Nullable Long tokens) {}

    /** A limit that was set; the cost in digits. */
    record LimitSet(UUID user, String currency, String cost, long tokens, Instant setAt) {}

    @GetMapping("/api/costs/limits")
    @CalledBy(Kind.ADMIN)
    List<LimitSet> limits(Caller caller) {
        note(caller, "list-spending-limits", null);
        return quotas.limits().stream()
                .map(limit -> new LimitSet(
                        limit.user(), limit.currency(), limit.cost().toPlainString(), limit.tokens(), limit.setAt()))
                .toList();
    }

    /** What a user may spend and has used today. */
    @GetMapping("/api/costs/limits/{id}")
    @CalledBy(Kind.ADMIN)
    Today standing(@PathVariable UUID id, Caller caller) {
        note(caller, "read-spending-limit", id);
        requireKnown(id);
        return Today.of(quotas.standing(id));
    }

    @PutMapping("/api/costs/limits/{id}")
    @CalledBy(Kind.ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void limit(@PathVariable UUID id, @RequestBody Limit limit, Caller caller) {
        note(caller, "set-spending-limit", id);
        BigDecimal cost = limit.cost();
        Long tokens = limit.tokens();
        if (cost == null || tokens == null || cost.signum() < 0 || cost.compareTo(MOST_COST) > 0 || tokens < 0) {
            throw new Problem(ProblemType.INVALID_REQUEST, "cost and tokens have to be numbers from 0 on");
        }
        requireKnown(id);
        quotas.limit(id, cost, tokens, users.of(caller));
    }

    private void requireKnown(UUID id) {
        if (users.known(id).isEmpty()) {
            throw new Problem(ProblemType.NOT_FOUND);
        }
    }

    private static void note(Caller caller, String action, @Nullable UUID id) {
        caller.call().record().action(action);
        caller.call().record().resource("users", id == null ? null : id.toString());
    }
}
