package org.holovitals.server.launch;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holovitals.server.launch.LaunchPatients.Named;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What the identity provider asks while a user logs in to an app: which launch this is, and how patients are called. */
@RestController
@ConditionalOnWebApplication
final class LaunchCallEndpoint {
    private static final int MOST_PATIENTS = 1000;

    private final LaunchOpening opening;
    private final LaunchPatients patients;

    LaunchCallEndpoint(LaunchOpening opening, LaunchPatients patients) {
        this.opening = opening;
        this.patients = patients;
    }

    /** Who opens which launch with which app. */
    record ContextCall(
            @Nullable String launch,
            @Nullable String client,
            @Nullable String user,
            @Nullable String userName,
            @Nullable Set<String> roles,
            @Nullable Set<String> patients) {}

    /** Whose names are wanted: the records of the user who is about to choose. */
    record NamesCall(@Nullable List<String> patients) {}

    /** The names. */
    record Names(List<Named> patients) {}

    @PostMapping("/launches/context")
    Map<String, Object> context(@RequestBody ContextCall call) {
        Person person = new Person(
                required(call.user()),
                call.userName() == null ? "" : call.userName(),
                set(call.roles()),
                set(call.patients()));
        return opening.open(new Handle(required(call.launch())), person, required(call.client()))
                .map(Launch::context)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
    }

    @PostMapping("/launches/patients")
    Names names(@RequestBody NamesCall call) {
        List<String> asked = call.patients() == null ? List.of() : call.patients();
        if (asked.size() > MOST_PATIENTS) {
            throw new Problem(ProblemType.INVALID_REQUEST, "More than " + MOST_PATIENTS + " patients");
        }
        return new Names(patients.named(asked));
    }

    private static Set<String> set(@Nullable Set<String> values) {
        return values == null ? Set.of() : Set.copyOf(values);
    }

    private static String required(@Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new Problem(ProblemType.INVALID_REQUEST, "launch, client and user have to be there");
        }
        return value;
    }
}
