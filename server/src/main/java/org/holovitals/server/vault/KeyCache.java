package org.holovitals.server.vault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Unwrapped keys by their ids and by their patients. Each is looked up anew after some seconds, so that one which another
 * server shredded is soon forgotten.
 */
final class KeyCache {
    private static final Duration LIFETIME = Duration.ofSeconds(5);
    private static final int MOST = 1_000;
    private static final float LOAD = 0.75f;

    private final Clock clock;
    private final Map<UUID, Held> held = new LinkedHashMap<>(16, LOAD, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Held> eldest) {
            return size() > MOST;
        }
    };
    private long generation;

    KeyCache(Clock clock) {
        this.clock = clock;
    }

    private record Held(DataKey key, Instant until) {}

    /** The key that is known of the id, or that of the source, which is kept when it lasts. */
    DataKey get(UUID id, Supplier<DataKey> source, Predicate<DataKey> isLasting) {
        DataKey known = find(id);
        if (known != null) {
            return known;
        }
        long before = generation();
        DataKey read = source.get();
        if (isLasting.test(read)) {
            put(before, id, read);
        }
        return read;
    }

    private synchronized @Nullable DataKey find(UUID id) {
        Held found = held.get(id);
        return found != null && clock.instant().isBefore(found.until()) ? found.key() : null;
    }

    private synchronized long generation() {
        return generation;
    }

    /** One that was read before the last shredding could be the one that was shredded. */
    private synchronized void put(long before, UUID id, DataKey key) {
        if (before == generation) {
            held.put(id, new Held(key, clock.instant().plus(LIFETIME)));
        }
    }

    synchronized void clear() {
        generation++;
        held.clear();
    }
}
