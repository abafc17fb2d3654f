package org.holovitals.server.instances;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code cloud_instances}.
 *
 * @param instance the provider's name for it; null until that is known
 * @param perMinute as agreed at the start
 * @param totalCost null while it runs
 */
record CloudInstance(
        UUID id,
        String provider,
        String type,
        @Nullable String instance,
        String status,
        BigDecimal perMinute,
        @Nullable BigDecimal totalCost,
        String currency,
        Instant createdAt,
        Instant terminateAfter,
        @Nullable Instant readyAt,
        @Nullable Instant heartbeatAt,
        @Nullable Instant terminatedAt) {}
