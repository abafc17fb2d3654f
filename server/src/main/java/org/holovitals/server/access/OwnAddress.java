package org.holovitals.server.access;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Where apps find this server: as configured, else on loopback. The Host header is the caller's to choose. */
final class OwnAddress {
    private final Environment environment;

    OwnAddress(Environment environment) {
        this.environment = environment;
    }

    /** The endpoint that keeps the registered scopes of an authorization request. */
    String authorize() {
        return base() + "/oauth2/authorize";
    }

    /** The endpoint that tells about a token. */
    String introspect() {
        return base() + "/oauth2/introspect";
    }

    private String base() {
        @Nullable String fhir = environment.getProperty("holovitals.fhir.base-url");
        if (fhir == null) {
            return "http://127.0.0.1:" + environment.getProperty("local.server.port", "8080");
        }
        return fhir.matches(".*/fhir/?") ? fhir.replaceFirst("/fhir/?$", "") : origin(URI.create(fhir));
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
