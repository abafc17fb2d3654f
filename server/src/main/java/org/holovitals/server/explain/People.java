package org.holovitals.server.explain;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.holovitals.server.access.Call;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.SmartScopes;
import org.holovitals.server.users.Users;
import org.holovitals.server.users.Users.Account;

/** Persons as the callers that they would be. */
final class People {
    private final Users users;

    People(Users users) {
        this.users = users;
    }

    /**
     * A known person with an app; empty for somebody whom this server has never seen.
     *
     * @param scopes what the app is granted, with or without a patient in the context of its launch
     */
    Optional<Caller> find(Question question, Function<Boolean, SmartScopes> scopes) {
        String patient = question.patient();
        return account(question.person()).map(account -> {
            Optional<String> own =
                    account.roles().contains(Caller.ROLE_PATIENT) ? users.patientOf(account.id()) : Optional.empty();
            String context = patient == null ? own.orElse(null) : patient;
            return new Caller(
                    account.subject(),
                    question.app(),
                    null,
                    null,
                    context,
                    own.map(id -> "Patient/" + id).orElse(null),
                    Set.copyOf(account.roles()),
                    scopes.apply(context != null),
                    false,
                    Call.from(question.from()));
        });
    }

    private Optional<Account> account(String user) {
        return uuid(user).flatMap(users::account).or(() -> users.bySubject(user).flatMap(users::account));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
