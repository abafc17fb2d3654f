package org.holovitals.server.registration;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;

/** How an app proves that it is the one that was registered. */
enum AppKind {
    /** It cannot keep a secret: in a browser or on a phone. PKCE alone. */
    @JsonProperty("public")
    PUBLIC("public"),
    /** It keeps a secret on a server (client_secret_basic). */
    @JsonProperty("confidential-secret")
    SECRET("confidential-secret"),
    /** It signs with a key (private_key_jwt, RS384 or ES384). */
    @JsonProperty("confidential-keys")
    KEYS("confidential-keys"),
    /** SMART Backend Services: no user, a key, {@code system/} scopes. */
    @JsonProperty("backend")
    BACKEND("backend");

    private final String text;

    AppKind(String text) {
        this.text = text;
    }

    static Optional<AppKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    /** As it stands in requests, answers and Keycloak. */
    String text() {
        return text;
    }

    boolean hasUsers() {
        return this != BACKEND;
    }

    boolean signs() {
        return this == KEYS || this == BACKEND;
    }
}
