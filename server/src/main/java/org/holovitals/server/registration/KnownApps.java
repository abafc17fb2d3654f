package org.holovitals.server.registration;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.holovitals.server.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other features tell of the registered apps. Keycloak keeps them; what it said is good for a minute, and while it does
 * not answer for longer.
 */
public final class KnownApps {
    private static final Logger LOG = LoggerFactory.getLogger(KnownApps.class);
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);

    private final Apps apps;
    private final Clock clock;
    /** When Keycloak was last asked, in milliseconds since 1970. */
    private final AtomicLong asked = new AtomicLong();

    private volatile @Nullable Map<String, KnownApp> known;

    KnownApps(Apps apps, Clock clock) {
        this.apps = apps;
        this.clock = clock;
    }

    /**
     * A registered app.
     *
     * @param name as its users read it
     * @param scopes what it may ask for
     */
    public record KnownApp(String name, List<String> scopes) {}

    /** All by their ids; empty while Keycloak has never answered. One asks, others go on with what is known meanwhile. */
    public Optional<Map<String, KnownApp>> all() {
        long now = clock.millis();
        long last = asked.get();
        if (last < now - GOOD_FOR.toMillis() && asked.compareAndSet(last, now)) {
            ask();
        }
        return Optional.ofNullable(known);
    }

    /** What is known is old from now on: an app was registered, changed or removed. */
    void forget() {
        asked.set(0);
    }

    private void ask() {
        try {
            known = apps.all().stream()
                    .map(app -> Map.entry(app.clientId(), new KnownApp(app.name(), app.scopes())))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        } catch (Problem e) {
            LOG.debug("The registered apps are not known now: {}", e.type());
        }
    }

    /** An app's name for people to read; its id where it is not registered, or not known now. */
    public Function<String, String> names() {
        Map<String, KnownApp> apps = all().orElse(Map.of());
        return id -> Optional.ofNullable(apps.get(id)).map(KnownApp::name).orElse(id);
    }
}
