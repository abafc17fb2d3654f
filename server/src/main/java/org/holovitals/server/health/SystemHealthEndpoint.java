package org.holovitals.server.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.health.SystemHealth.Sample;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/system-health}: how the components are and were, for administrators. */
@RestController
@ConditionalOnWebApplication
final class SystemHealthEndpoint {
    private static final int MOST = 2_000;
    private static final Duration USUAL = Duration.ofHours(1);

    private final SystemHealth rows;
    private final Clock clock;

    SystemHealthEndpoint(SystemHealth rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * How they are.
     *
     * @param latest the last sample of each component
     * @param history the newest first, at most 2,000
     */
    record Health(List<Sample> latest, List<Sample> history) {}

    /** The history of the last hour, or since another moment. */
    @GetMapping("/api/system-health")
    @CalledBy(Kind.ADMIN)
    Health health(
            @RequestParam(required = false) @Nullable String component,
            @RequestParam(required = false) @Nullable Instant since,
            Caller caller) {
        caller.call().record().action("read-system-health");
        caller.call().record().resource("system_health", null);
        if (component != null
                && Arrays.stream(Component.values())
                        .noneMatch(each -> each.text().equals(component))) {
            throw new Problem(ProblemType.INVALID_REQUEST, "component may be one of those of the latest samples");
        }
        Instant from = since == null ? clock.instant().minus(USUAL) : since;
        return new Health(rows.latest(), rows.history(component, from, MOST));
    }
}
