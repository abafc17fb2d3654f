package org.holovitals.server.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was found of a component; null is not known.
 *
 * @param responseTime of a real piece of its work
 * @param errorRate from 0 to 1
 * @param throughput in a second
 * @param diskPercent used, of the disk that it writes to
 * @param message why it is not healthy, without health information
 */
record Reading(
        Status status,
        @Nullable Duration responseTime,
        @Nullable Double errorRate,
        @Nullable Double throughput,
        @Nullable Double diskPercent,
        @Nullable String message) {

    static Reading healthy(Duration responseTime) {
        return new Reading(Status.HEALTHY, responseTime, null, null, null, null);
    }

    static Reading of(Status status, String message) {
        return new Reading(status, null, null, null, null, message);
    }

    Reading errors(double rate) {
        return new Reading(status, responseTime, rate, throughput, diskPercent, message);
    }

    Reading throughput(double perSecond) {
        return new Reading(status, responseTime, errorRate, perSecond, diskPercent, message);
    }

    Reading disk(double percent) {
        return new Reading(status, responseTime, errorRate, throughput, percent, message);
    }

    /** The same, and at least as bad. */
    Reading worse(Status than, String why) {
        return than.compareTo(status) > 0
                ? new Reading(than, responseTime, errorRate, throughput, diskPercent, why)
                : this;
    }

    /** Degraded when a condition holds. */
    Reading degradedIf(boolean isSo, String why) {
        return isSo ? worse(Status.DEGRADED, why) : this;
    }
}
