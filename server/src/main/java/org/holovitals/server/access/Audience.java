package org.holovitals.server.access;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** What tokens have to be for: by default the FHIR base URL, which SMART apps send as {@code aud}. */
final class Audience {
    private final List<String> configured;
    private final Environment environment;

    Audience(IdentitySettings settings, Environment environment) {
        this.configured = settings.audience();
        this.environment = environment;
    }

    /** Any of these will do. */
    Set<String> accepted() {
        if (!configured.isEmpty()) {
            return Set.copyOf(configured);
        }
        @Nullable String base = environment.getProperty("holovitals.fhir.base-url");
        // The port is known when the web server has started, before any token comes.
        String port = environment.getProperty("local.server.port", "8080");
        return base == null
                ? Set.of("http://127.0.0.1:" + port + "/fhir", "http://localhost:" + port + "/fhir")
                : Set.of(base);
    }
}
