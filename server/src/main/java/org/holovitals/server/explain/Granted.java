package org.holovitals.server.explain;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.holovitals.server.registration.KnownApps;
import org.holovitals.server.registration.KnownApps.KnownApp;

/**
 * What an app is taken to be granted.
 *
 * @param scope words as of a token
 * @param from how that is known
 */
record Granted(String scope, Source from) {
    /** Whatever an app of a user can be granted. */
    private static final List<String> ANY = List.of("user/*.cruds", "patient/*.cruds");

    /** How it is known. */
    enum Source {
        /** Whoever asks says so. */
        @JsonProperty("question")
        QUESTION,
        /** The app is registered for it. */
        @JsonProperty("registration")
        REGISTRATION,
        /** The app is not registered, or Keycloak does not tell: it could be granted this at the most. */
        @JsonProperty("assumption")
        ASSUMPTION
    }

    static Granted of(Question question, KnownApps apps) {
        if (question.scope() != null) {
            return new Granted(question.scope(), Source.QUESTION);
        }
        Optional<KnownApp> app = apps.all().flatMap(known -> Optional.ofNullable(known.get(question.app())));
        return app.map(known -> new Granted(String.join(" ", known.scopes()), Source.REGISTRATION))
                .orElseGet(() -> new Granted(String.join(" ", ANY), Source.ASSUMPTION));
    }

    /** A person's token has no scopes of services, and those of a launch for a patient only where there is one. */
    Granted inContext(boolean hasPatient) {
        return from == Source.QUESTION
                ? this
                : new Granted(
                        Arrays.stream(scope.split(" "))
                                .filter(word -> !word.startsWith("system/"))
                                .filter(word -> hasPatient || !word.startsWith("patient/"))
                                .collect(Collectors.joining(" ")),
                        from);
    }
}
