package org.holovitals.server.egress;

import java.util.Locale;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.LogReach;
import org.holovitals.server.models.EgressMode;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.PatientKeys;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/me/egress}: how much of the caller's own record may leave for a language model. */
@RestController
@ConditionalOnWebApplication
final class EgressEndpoint {
    private final EgressChoices choices;
    private final PatientKeys keys;
    private final Users users;

    EgressEndpoint(EgressChoices choices, PatientKeys keys, Users users) {
        this.choices = choices;
        this.keys = keys;
        this.users = users;
    }

    /** What is chosen: {@code none}, {@code structured-only}, {@code masked-text} or {@code baa-full}. */
    record Choice(@Nullable String mode) {}

    @GetMapping("/api/me/egress")
    @CalledBy(Kind.PATIENT)
    Choice read(Caller caller) {
        return new Choice(choices.of(own(caller, "read-egress-choice")).text());
    }

    /** Counts from the next request on. */
    @PutMapping("/api/me/egress")
    @CalledBy(Kind.PATIENT)
    Choice choose(@RequestBody Choice choice, Caller caller) {
        UUID record = own(caller, "choose-egress");
        EgressMode mode = mode(choice.mode());
        caller.call().record().detail("mode", mode.text());
        choices.choose(record, mode, users.of(caller));
        return new Choice(mode.text());
    }

    private UUID own(Caller caller, String action) {
        caller.call().record().action(action);
        caller.call().record().resource("egress_choices", null);
        String patient =
                LogReach.ownRecord(caller).stream().findFirst().orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        caller.call().record().about(patient);
        return keys.record(patient).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    private static EgressMode mode(@Nullable String text) {
        try {
            return EgressMode.of(String.valueOf(text).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    ProblemType.INVALID_REQUEST, "mode may be none, structured-only, masked-text or baa-full");
        }
    }
}
