package org.holovitals.server.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.holovitals.server.alerts.Alert;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.database.AdvisoryLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Samples the components. Each server measures its own for its metrics; of several on one database one at a time writes them
 * down and raises an alert where a component got worse.
 */
final class HealthWatch implements MeterBinder {
    private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);
    private static final double NANOS = 1e9;

    private final Probes probes;
    private final SystemHealth rows;
    private final Alerts alerts;
    private final Keeping keeping;
    private final Map<Component, Reading> last = new EnumMap<>(Component.class);

    HealthWatch(Probes probes, SystemHealth rows, Alerts alerts, Keeping keeping) {
        this.probes = probes;
        this.rows = rows;
        this.alerts = alerts;
        this.keeping = keeping;
    }

    /** All that look, each at one component. */
    record Probes(List<Probe> all) {}

    /** How samples are kept. */
    record Keeping(DataSource dataSource, TransactionOperations transactions, HealthSettings settings, Clock clock) {}

    /** Looks at all of them. */
    void look() throws SQLException {
        Load load = Load.now();
        probes.all().forEach(this::measure);
        Optional<AdvisoryLock> lock = AdvisoryLock.take(keeping.dataSource(), AdvisoryLock.Task.HEALTH);
        if (lock.isEmpty()) {
            return;
        }
        try {
            Instant now = keeping.clock().instant();
            keeping.transactions().executeWithoutResult(status -> {
                measured().forEach((component, reading) -> keep(component, reading, load, now));
                rows.prune(now.minus(keeping.settings().kept()));
            });
        } finally {
            lock.get().close();
        }
    }

    private void measure(Probe probe) {
        Reading reading;
        try {
            reading = probe.read();
            reading = reading.degradedIf(
                    reading.responseTime() != null
                            && reading.responseTime()
                                            .compareTo(keeping.settings().slow())
                                    > 0,
                    "It answers slowly");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (Exception e) {
            // The message of whatever failed could quote a row or an address with a secret.
            reading = Reading.of(
                    Status.DOWN, "It does not answer: " + e.getClass().getSimpleName());
        }
        synchronized (last) {
            last.put(probe.component(), reading);
        }
    }

    private Map<Component, Reading> measured() {
        synchronized (last) {
            return new EnumMap<>(last);
        }
    }

    /** Getting worse is told once; it is told again only after it was better. */
    private void keep(Component component, Reading reading, Load load, Instant now) {
        Optional<String> before = rows.add(component, reading, load, now);
        Status former = before.map(text -> Status.valueOf(text.toUpperCase(Locale.ROOT)))
                .orElse(Status.HEALTHY);
        if (reading.status().compareTo(former) > 0) {
            LOG.warn("{} is {}: {}", component.text(), reading.status().text(), reading.message());
            alerts.raise(new Alert(
                    "health:" + component.text() + ":" + reading.status().text() + ":" + now,
                    null,
                    "component-" + reading.status().text(),
                    reading.status() == Status.DOWN ? Severity.HIGH : Severity.MEDIUM,
                    Map.of("component", component.text(), "message", String.valueOf(reading.message()))));
        } else if (reading.status() == Status.HEALTHY && former != Status.HEALTHY) {
            LOG.info("{} is healthy again", component.text());
        }
    }

    @Override
    public void bindTo(MeterRegistry metrics) {
        for (Component component : Component.values()) {
            Gauge.builder("holovitals.health", this, self -> self.status(component))
                    .description("0 healthy, 1 degraded, 2 down")
                    .tag("component", component.text())
                    .register(metrics);
            Gauge.builder("holovitals.health.response", this, self -> self.seconds(component))
                    .description("How long the component took for a piece of its work")
                    .baseUnit("seconds")
                    .tag("component", component.text())
                    .register(metrics);
        }
    }

    private double status(Component component) {
        Reading reading = measured().get(component);
        return reading == null ? Double.NaN : reading.status().number();
    }

    private double seconds(Component component) {
        Reading reading = measured().get(component);
        return reading == null || reading.responseTime() == null
                ? Double.NaN
                : reading.responseTime().toNanos() / NANOS;
    }
}
