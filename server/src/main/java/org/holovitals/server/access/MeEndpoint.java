package org.holovitals.server.access;

import java.util.List;
import org.holovitals.server.access.CalledBy.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/me}: who the token says the caller is. */
@RestController
@ConditionalOnWebApplication
final class MeEndpoint {

    /**
     * The answer.
     *
     * @param scopes the granted scopes on resources, as this server understands them
     */
    record Me(
            String subject,
            String client,
            @Nullable String patient,
            @Nullable String fhirUser,
            List<String> roles,
            List<SmartScope> scopes,
            boolean service) {}

    @GetMapping("/api/me")
    @CalledBy(Kind.ANYONE)
    Me me(Caller caller) {
        return new Me(
                caller.subject(),
                caller.client(),
                caller.patient(),
                caller.fhirUser(),
                caller.roles().stream().sorted().toList(),
                caller.scopes().granted(),
                caller.isService());
    }
}
