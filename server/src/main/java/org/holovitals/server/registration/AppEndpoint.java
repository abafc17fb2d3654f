package org.holovitals.server.registration;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.audit.AuditEntry;
import org.holovitals.server.users.Users;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/apps}: the apps that may ask for tokens. */
@RestController
@ConditionalOnWebApplication
final class AppEndpoint {
    private final Registrations registrations;
    private final Users users;

    AppEndpoint(Registrations registrations, Users users) {
        this.registrations = registrations;
        this.users = users;
    }

    @PostMapping("/api/apps")
    @CalledBy(Kind.ADMIN)
    ResponseEntity<RegisteredApp> register(@RequestBody AppRequest app, Caller caller, HttpServletRequest request) {
        RegisteredApp added = registrations.register(app, by(caller, request));
        return secret(ResponseEntity.created(URI.create("/api/apps/" + added.id())), added);
    }

    @GetMapping("/api/apps")
    @CalledBy(Kind.ADMIN)
    List<RegisteredApp> list(Caller caller) {
        caller.call().record().action("list-apps");
        caller.call().record().resource("apps", null);
        return registrations.all();
    }

    @GetMapping("/api/apps/{id}")
    @CalledBy(Kind.ADMIN)
    RegisteredApp get(@PathVariable UUID id, Caller caller) {
        caller.call().record().action("read-app");
        caller.call().record().resource("apps", id.toString());
        return registrations.get(id);
    }

    @PutMapping("/api/apps/{id}")
    @CalledBy(Kind.ADMIN)
    RegisteredApp change(
            @PathVariable UUID id, @RequestBody AppRequest app, Caller caller, HttpServletRequest request) {
        return registrations.change(id, app, by(caller, request));
    }

    @PostMapping("/api/apps/{id}/secret")
    @CalledBy(Kind.ADMIN)
    ResponseEntity<RegisteredApp> renewSecret(@PathVariable UUID id, Caller caller, HttpServletRequest request) {
        return secret(ResponseEntity.ok(), registrations.renewSecret(id, by(caller, request)));
    }

    @DeleteMapping("/api/apps/{id}")
    @CalledBy(Kind.ADMIN)
    ResponseEntity<Void> remove(@PathVariable UUID id, Caller caller, HttpServletRequest request) {
        registrations.remove(id, by(caller, request));
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity<RegisteredApp> secret(ResponseEntity.BodyBuilder answer, RegisteredApp app) {
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store").body(app);
    }

    private Registrar by(Caller caller, HttpServletRequest request) {
        return new Registrar(
                new AuditEntry.Who(
                        users.of(caller),
                        caller.client(),
                        caller.session(),
                        caller.call().address(),
                        request.getHeader(HttpHeaders.USER_AGENT)),
                caller.call().record());
    }
}
