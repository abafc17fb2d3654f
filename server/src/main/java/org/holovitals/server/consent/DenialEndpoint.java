package org.holovitals.server.consent;

import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/consents/denials}: what a patient shows to nobody, or not to one person. */
@RestController
@ConditionalOnWebApplication
final class DenialEndpoint {
    private static final String TABLE = "consent_denials";

    private final Denials denials;
    private final People people;

    DenialEndpoint(Denials denials, People people) {
        this.denials = denials;
        this.people = people;
    }

    @PostMapping("/api/consents/denials")
    @CalledBy(Kind.PATIENT)
    @ResponseStatus(HttpStatus.CREATED)
    ConsentDenial.View add(@RequestBody Bodies.Denial body, Caller caller) {
        begin(caller, "add-denial", null);
        return end(caller, denials.add(people.caller(caller), body)).view();
    }

    @GetMapping("/api/consents/denials")
    @CalledBy(Kind.PATIENT)
    Page<ConsentDenial.View> list(
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(required = false) @Nullable Integer count,
            Caller caller) {
        begin(caller, "list-denials", null);
        return denials.list(people.caller(caller), Page.Wanted.of(after, count));
    }

    @DeleteMapping("/api/consents/denials/{id}")
    @CalledBy(Kind.PATIENT)
    ConsentDenial.View withdraw(@PathVariable UUID id, Caller caller) {
        begin(caller, "withdraw-denial", id);
        return end(caller, denials.withdraw(people.caller(caller), id)).view();
    }

    private static void begin(Caller caller, String action, @Nullable UUID id) {
        caller.call().record().action(action);
        caller.call().record().resource(TABLE, id == null ? null : id.toString());
    }

    private static ConsentDenial end(Caller caller, ConsentDenial denial) {
        caller.call().record().resource(TABLE, denial.id().toString());
        caller.call().record().about(denial.patient());
        return denial;
    }
}
