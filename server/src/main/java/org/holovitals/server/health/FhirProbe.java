package org.holovitals.server.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The FHIR endpoint: whether it answers, and what became of the requests since the last look. */
final class FhirProbe implements Probe {
    private static final double MILLIS = 1000.0;
    private static final double MANY_ERRORS = 0.05;

    private final HttpProbe metadata;
    private final MeterRegistry metrics;
    private final Clock clock;
    private @Nullable Counts before;

    FhirProbe(HttpProbe metadata, MeterRegistry metrics, Clock clock) {
        this.metadata = metadata;
        this.metrics = metrics;
        this.clock = clock;
    }

    private record Counts(long requests, long errors, Instant at) {}

    @Override
    public Component component() {
        return Component.FHIR;
    }

    @Override
    public Reading read() throws IOException, InterruptedException {
        Reading reading = metadata.read();
        Counts now = new Counts(count(""), count("5"), clock.instant());
        Counts former = before;
        before = now;
        long requests = former == null ? 0 : now.requests() - former.requests();
        if (former == null || requests <= 0) {
            return reading;
        }
        double errors = (double) (now.errors() - former.errors()) / requests;
        double seconds = Duration.between(former.at(), now.at()).toMillis() / MILLIS;
        return reading.errors(errors)
                .throughput(seconds <= 0 ? 0 : requests / seconds)
                .degradedIf(errors > MANY_ERRORS, "Requests fail");
    }

    /** Of the requests whose status begins so. */
    private long count(String status) {
        return metrics.find("fhir.server.requests").timers().stream()
                .filter(timer -> String.valueOf(timer.getId().getTag("status")).startsWith(status))
                .mapToLong(Timer::count)
                .sum();
    }
}
