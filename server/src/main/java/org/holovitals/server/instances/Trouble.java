package org.holovitals.server.instances;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import org.holovitals.server.alerts.Alert;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.instances.ProviderException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A provider that gives no instances: it is left alone for a while, and operators are told once an hour. */
final class Trouble {
    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final int MOST_DOUBLINGS = 6;

    private final Alerts alerts;
    private final Clock clock;
    private int failures;
    private Instant until = Instant.MIN;

    Trouble(Alerts alerts, Clock clock) {
        this.alerts = alerts;
        this.clock = clock;
    }

    /** Each time twice as long as the time before, up to some minutes. */
    synchronized void began(String provider, ProviderException thrown) {
        Instant now = clock.instant();
        until = now.plus(FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS)));
        failures++;
        String kind = thrown.kind().name().toLowerCase(Locale.ROOT);
        LOG.warn("No instance was started by {}: {} ({})", provider, thrown.getMessage(), kind);
        alerts.raise(new Alert(
                "no-instance:" + provider + ":" + kind + ":" + now.truncatedTo(ChronoUnit.HOURS),
                null,
                "no-instance",
                thrown.kind() == Kind.UNAUTHORISED ? Severity.HIGH : Severity.MEDIUM,
                Map.of("provider", provider, "kind", kind)));
    }

    synchronized void over() {
        failures = 0;
        until = Instant.MIN;
    }

    synchronized boolean isOver() {
        return !clock.instant().isBefore(until);
    }

    synchronized boolean isThere() {
        return failures > 0;
    }
}
