package org.holovitals.server.users;

import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code users}: one row for each account that was seen in a valid token. The issuer's id alone tells accounts
 * apart; an address that another account has already is left out.
 */
public final class Users {
    private static final Set<String> ROLES =
            Set.of(Caller.ROLE_PATIENT, Caller.ROLE_CLINICIAN, Caller.ROLE_COMPLIANCE, Caller.ROLE_ADMIN);

    private static final int NAME_LENGTH = 200;

    private final JdbcClient jdbc;
    private final Ids ids;
    private final Clock clock;

    Users(JdbcClient jdbc, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    /** The row of a user who calls, made when there is none. */
    public UUID of(Caller caller) {
        return bySubject(caller.subject()).orElseGet(() -> add(caller));
    }

    /** The row of the issuer's id of a user. */
    public Optional<UUID> bySubject(String subject) {
        return jdbc.sql("select id from holovitals.users where subject = ?")
                .param(subject)
                .query(UUID.class)
                .optional();
    }

    /**
     * An account.
     *
     * @param subject the issuer's id
     * @param roles as the last token had them
     */
    public record Account(UUID id, String subject, List<String> roles) {}

    /** The account of a row. */
    public Optional<Account> account(UUID id) {
        return jdbc.sql("select id, subject, roles from holovitals.users where id = ?")
                .param(id)
                .query((row, number) ->
                        new Account(row.getObject("id", UUID.class), row.getString("subject"), List.of((String[])
                                row.getArray("roles").getArray())))
                .optional();
    }

    /** The rows of some of the issuer's ids, by those. */
    public Map<String, UUID> bySubjects(Collection<String> subjects) {
        Map<String, UUID> found = new HashMap<>();
        jdbc.sql("select subject, id from holovitals.users where subject = any(?)")
                .param(subjects.toArray(String[]::new))
                .query(row -> {
                    found.put(row.getString(1), row.getObject(2, UUID.class));
                });
        return found;
    }

    /** The row of an id, if it is one. */
    public Optional<UUID> known(UUID user) {
        return jdbc.sql("select id from holovitals.users where id = ?")
                .param(user)
                .query(UUID.class)
                .optional();
    }

    /** The row of a mail address. */
    public Optional<UUID> byEmail(String email) {
        return jdbc.sql("select id from holovitals.users where lower(email) = ?")
                .param(email.toLowerCase(Locale.ROOT))
                .query(UUID.class)
                .optional();
    }

    /** The rows of those who are a FHIR resource, such as {@code Practitioner/7}: one, unless tokens are made carelessly. */
    public List<UUID> ofFhirUser(String reference) {
        return jdbc.sql("select id from holovitals.users where fhir_user = ? limit 2")
                .param(reference)
                .query(UUID.class)
                .list();
    }

    /** The realm's roles of a user, as the last token had them. */
    public Set<String> roles(UUID user) {
        return jdbc.sql("select unnest(roles) from holovitals.users where id = ?")
                .param(user)
                .query(String.class)
                .set();
    }

    /** The user whose record a FHIR Patient is; nobody while it is not claimed. */
    public Optional<UUID> ofPatient(String fhirId) {
        return jdbc.sql("select user_id from holovitals.patient_keys where fhir_id = ? and user_id is not null")
                .param(fhirId)
                .query(UUID.class)
                .optional();
    }

    /** The FHIR id of the Patient that is a user's own record, the first where there are several. */
    public Optional<String> patientOf(UUID user) {
        return jdbc.sql("select fhir_id from holovitals.patient_keys where user_id = ? order by id limit 1")
                .param(user)
                .query(String.class)
                .optional();
    }

    /** A login went well: the failures before it no longer count. */
    public void loggedIn(String subject) {
        jdbc.sql("""
                        update holovitals.users set failed_login_attempts = 0, updated_at = ?
                        where subject = ? and failed_login_attempts > 0
                        """).param(now()).param(subject).update();
    }

    /** A login failed. */
    public void failedToLogIn(String subject, Instant when) {
        jdbc.sql("""
                        update holovitals.users set failed_login_attempts = failed_login_attempts + 1,
                          last_failed_login = greatest(last_failed_login, ?), updated_at = ?
                        where subject = ?
                        """)
                .param(when.atOffset(ZoneOffset.UTC))
                .param(now())
                .param(subject)
                .update();
    }

    /** Whether the account has a second factor. */
    public void hasSecondFactor(String subject, boolean has) {
        jdbc.sql("""
                        update holovitals.users set mfa_enabled = ?, updated_at = ?
                        where subject = ? and mfa_enabled <> ?
                        """).param(has).param(now()).param(subject).param(has).update();
    }

    /** The issuer's ids of the accounts whose row was made at or after a moment. */
    public Set<String> madeSince(Instant moment) {
        return jdbc.sql("select subject from holovitals.users where created_at >= ?")
                .param(moment.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .set();
    }

    /** Brings a row in step with a token; an address that somebody else has stays out. */
    void update(UUID user, Caller caller) {
        rename(user, caller);
        try {
            update(user, caller, email(caller));
        } catch (DuplicateKeyException e) {
            update(user, caller, null);
        }
    }

    /** What a token does not say stays as a former one said it. */
    private void rename(UUID user, Caller caller) {
        jdbc.sql("""
                        update holovitals.users set display_name = coalesce(:name, display_name),
                          fhir_user = coalesce(:fhirUser, fhir_user), updated_at = :now
                        where id = :id and (display_name is distinct from coalesce(:name, display_name)
                          or fhir_user is distinct from coalesce(:fhirUser, fhir_user))
                        """)
                .param("name", name(caller), Types.VARCHAR)
                .param("fhirUser", caller.fhirUser(), Types.VARCHAR)
                .param("now", now())
                .param("id", user)
                .update();
    }

    private void update(UUID user, Caller caller, @Nullable String email) {
        jdbc.sql("""
                        update holovitals.users u set roles = cast(:roles as text[]), email = coalesce(t.email, u.email), updated_at = :now
                        from (select f.email from (values (cast(:email as text))) f (email) where not exists (
                            select from holovitals.users o where lower(o.email) = f.email and o.id <> :id)
                          union all select null limit 1) t
                        where u.id = :id and (u.roles <> cast(:roles as text[]) or (t.email is not null and u.email is distinct from t.email))
                        """)
                .param("roles", roles(caller))
                .param("email", email)
                .param("now", now())
                .param("id", user)
                .update();
    }

    /** Makes the row; another thread may be at it, and another account may have the address. */
    private UUID add(Caller caller) {
        return insert(caller, email(caller), "on conflict do nothing")
                .or(() -> bySubject(caller.subject()))
                .or(() -> insert(caller, null, "on conflict (subject) do update set subject = excluded.subject"))
                .orElseThrow();
    }

    private Optional<UUID> insert(Caller caller, @Nullable String email, String onConflict) {
        return jdbc.sql("""
                        insert into holovitals.users (id, subject, email, roles, created_at, updated_at)
                        values (?, ?, ?, ?, ?, ?)
                        """ + onConflict + " returning id")
                .param(ids.next())
                .param(caller.subject())
                .param(email)
                .param(roles(caller))
                .param(now())
                .param(now())
                .query(UUID.class)
                .optional();
    }

    /** Other roles of a token say nothing about what its user may do here, and differ from app to app. */
    static String[] roles(Caller caller) {
        return caller.roles().stream().filter(ROLES::contains).sorted().toArray(String[]::new);
    }

    static @Nullable String email(Caller caller) {
        String email = caller.email();
        return email == null ? null : email.toLowerCase(Locale.ROOT);
    }

    static @Nullable String name(Caller caller) {
        String name = caller.name();
        return name == null || name.length() <= NAME_LENGTH ? name : name.substring(0, NAME_LENGTH);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
