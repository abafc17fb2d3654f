package org.holovitals.server.analyses;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.holovitals.server.analyses.QueueReports.Count;
import org.holovitals.server.analyses.QueueReports.Depth;
import org.jspecify.annotations.Nullable;

/** How the queue stands, as metrics. The table is looked at when somebody asks, at most once in a while. */
final class QueueMetrics implements MeterBinder {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final QueueReports reports;
    private final Clock clock;
    private Standing standing = new Standing(Map.of(), Map.of());
    private Instant readAt = Instant.MIN;

    QueueMetrics(QueueReports reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    private record Standing(Map<String, Depth> depths, Map<String, Long> counts) {}

    @Override
    public void bindTo(MeterRegistry metrics) {
        for (Priority priority : Priority.values()) {
            ofPriority(metrics, priority, "waiting", "Analyses that wait", Depth::waiting);
            ofPriority(metrics, priority, "overdue", "Analyses that wait past their target", Depth::overdue);
            ofPriority(
                    metrics, priority, "oldest.seconds", "Age of the oldest analysis that waits", QueueMetrics::oldest);
        }
        for (Status status : new Status[] {Status.PROCESSING, Status.DEAD}) {
            Gauge.builder("holovitals.analyses." + status.text(), this, self -> self.standing()
                            .counts()
                            .getOrDefault(status.text(), 0L))
                    .description("Analyses in this state")
                    .register(metrics);
        }
    }

    private void ofPriority(
            MeterRegistry metrics, Priority priority, String name, String description, ToDoubleFunction<Depth> value) {
        Gauge.builder("holovitals.analyses." + name, this, self -> self.of(priority, value))
                .description(description)
                .tag("priority", priority.text())
                .register(metrics);
    }

    private double of(Priority priority, ToDoubleFunction<Depth> value) {
        @Nullable Depth depth = standing().depths().get(priority.text());
        return depth == null ? 0 : value.applyAsDouble(depth);
    }

    private static double oldest(Depth depth) {
        @Nullable Long seconds = depth.oldestSeconds();
        return seconds == null ? 0 : seconds;
    }

    private synchronized Standing standing() {
        Instant now = clock.instant();
        if (readAt.plus(FRESH).isBefore(now)) {
            standing = new Standing(
                    reports.depths().stream().collect(Collectors.toMap(Depth::priority, depth -> depth)),
                    reports.counts().stream().collect(Collectors.toMap(Count::status, Count::tasks)));
            readAt = now;
        }
        return standing;
    }
}
