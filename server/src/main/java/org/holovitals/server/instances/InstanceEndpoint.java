package org.holovitals.server.instances;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.base.Ids;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/instances}: the machines that were started for analyses, for administrators. */
@RestController
@ConditionalOnWebApplication
final class InstanceEndpoint {
    private static final String TABLE = "cloud_instances";
    private static final int PAGE = 100;

    private final CloudInstances instances;

    InstanceEndpoint(CloudInstances instances) {
        this.instances = instances;
    }

    /**
     * An instance; amounts in digits.
     *
     * @param instance the provider's name for it
     * @param totalCost null while it runs
     */
    record InstanceView(
            UUID id,
            String provider,
            String type,
            @Nullable String instance,
            String status,
            String costPerMinute,
            @Nullable String totalCost,
            String currency,
            Instant createdAt,
            Instant terminateAfter,
            @Nullable Instant readyAt,
            @Nullable Instant heartbeatAt,
            @Nullable Instant terminatedAt) {
        static InstanceView of(CloudInstance row) {
            BigDecimal total = row.totalCost();
            return new InstanceView(
                    row.id(),
                    row.provider(),
                    row.type(),
                    row.instance(),
                    row.status(),
                    row.perMinute().toPlainString(),
                    total == null ? null : total.toPlainString(),
                    row.currency(),
                    row.createdAt(),
                    row.terminateAfter(),
                    row.readyAt(),
                    row.heartbeatAt(),
                    row.terminatedAt());
        }
    }

    /**
     * A page, the newest first.
     *
     * @param next what to give as {@code after} for the next page; null on the last
     */
    record InstancePage(List<InstanceView> items, @Nullable UUID next) {}

    @GetMapping("/api/instances")
    @CalledBy(Kind.ADMIN)
    InstancePage list(
            @RequestParam(defaultValue = "open") String state,
            @RequestParam(required = false) @Nullable UUID after,
            Caller caller) {
        if (!List.of("open", "ended").contains(state)) {
            throw new Problem(ProblemType.INVALID_REQUEST, "state may be open or ended");
        }
        caller.call().record().action("list-instances");
        caller.call().record().resource(TABLE, null);
        List<InstanceView> found =
                instances.page(state.equals("ended"), after == null ? Ids.GREATEST : after, PAGE + 1).stream()
                        .map(InstanceView::of)
                        .toList();
        boolean isLast = found.size() <= PAGE;
        return new InstancePage(
                isLast ? found : found.subList(0, PAGE),
                isLast ? null : found.get(PAGE - 1).id());
    }

    /** It is stopped within moments; what its worker has under way goes back to the queue. */
    @PostMapping("/api/instances/{id}/terminate")
    @CalledBy(Kind.ADMIN)
    @ResponseStatus(HttpStatus.ACCEPTED)
    void terminate(@PathVariable UUID id, Caller caller) {
        caller.call().record().action("terminate-instance");
        caller.call().record().resource(TABLE, id.toString());
        if (!instances.retire(id)) {
            throw new Problem(instances.exists(id) ? ProblemType.CONFLICT : ProblemType.NOT_FOUND);
        }
    }
}
