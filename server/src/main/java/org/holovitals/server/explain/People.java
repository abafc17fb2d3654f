package org.holovitals.server.explain;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.access.Call;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.SmartScopes;
import org.holovitals.server.users.Users;
import org.holovitals.server.users.Users.Account;
import org.jspecify.annotations.Nullable;

/** Persons as the callers that they would be. */
final class People {
    private final Users users;

    People(Users users) {
        this.users = users;
    }

    /** A known person with an app; empty for somebody whom this server has never seen. */
    Optional<Caller> find(String user, String client, SmartScopes scopes, @Nullable String patient) {
        return account(user).map(account -> {
            Optional<String> own =
                    account.roles().contains(Caller.ROLE_PATIENT) ? users.patientOf(account.id()) : Optional.empty();
            return new Caller(
                    account.subject(),
                    client,
                    null,
                    null,
                    patient == null ? own.orElse(null) : patient,
                    own.map(id -> "Patient/" + id).orElse(null),
                    Set.copyOf(account.roles()),
                    scopes,
                    false,
                    Call.from(null));
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
