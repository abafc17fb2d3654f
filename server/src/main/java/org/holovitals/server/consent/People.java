package org.holovitals.server.consent;

import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;

/** Who calls and whom a body names, as rows of {@code users}. */
final class People {
    private final Users users;

    People(Users users) {
        this.users = users;
    }

    UUID caller(Caller caller) {
        if (caller.isService()) {
            throw new Problem(ProblemType.FORBIDDEN, "A service is no user");
        }
        return users.of(caller);
    }

    /** FHIR id of a user's own record. */
    String ownRecord(UUID user) {
        return users.patientOf(user)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "No record belongs to this account"));
    }

    /** The user whose record a FHIR Patient is; null while nobody has claimed it. */
    @Nullable
    UUID owner(String patient) {
        return users.ofPatient(patient).orElse(null);
    }

    /** The user whom a body names, with a role of the realm. */
    UUID named(Bodies.@Nullable Person given, String role) {
        UUID user = named(given);
        if (!users.roles(user).contains(role)) {
            throw Fields.wrong("to names nobody here who is a " + role);
        }
        return user;
    }

    UUID named(Bodies.@Nullable Person given) {
        Bodies.Person person = Fields.required("to", given);
        Optional<UUID> user;
        if (person.user() != null && person.email() == null) {
            user = users.known(Fields.uuid("to.user", person.user()));
        } else if (person.email() != null && person.user() == null) {
            user = users.byEmail(Fields.text("to.email", person.email()));
        } else {
            throw Fields.wrong("to has to have either user or email");
        }
        return user.orElseThrow(() -> Fields.wrong("to names nobody who has called this server"));
    }
}
