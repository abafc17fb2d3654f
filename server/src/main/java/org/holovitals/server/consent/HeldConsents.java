package org.holovitals.server.consent;

import static org.holovitals.server.consent.ConsentGrants.at;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Consents;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What holds for a caller, read anew each time: a grant that ended at this moment is none any more, whether or not that
 * has been written down.
 */
final class HeldConsents implements Consents {
    private final JdbcClient jdbc;
    private final ConsentDenials denials;
    private final Clock clock;

    HeldConsents(JdbcClient jdbc, ConsentDenials denials, Clock clock) {
        this.jdbc = jdbc;
        this.denials = denials;
        this.clock = clock;
    }

    /** A grant in force, with the user who has it and what it is tied to. */
    private record Active(UUID user, Grant grant, Restrictions restrictions) {
        Grant limited() {
            return new Grant(grant.id(), grant.patient(), restrictions.limit(grant.permissions()));
        }
    }

    @Override
    public Held of(Caller caller) {
        Map<Boolean, List<Active>> active = active(caller).stream()
                .collect(Collectors.partitioningBy(each -> each.restrictions().holdFor(caller)));
        List<Active> usable = active.getOrDefault(true, List.of());
        List<Grant> elsewhere = active.getOrDefault(false, List.of()).stream()
                .map(Active::limited)
                .toList();
        if (usable.isEmpty()) {
            return new Held(List.of(), List.of(), elsewhere);
        }
        List<Grant> grants = usable.stream().map(Active::limited).toList();
        Set<String> patients = grants.stream().map(Grant::patient).collect(Collectors.toSet());
        return new Held(
                grants,
                denials.holding(patients, usable.get(0).user()).stream()
                        .map(denial -> new Denial(denial.id(), denial.patient(), denial.parts()))
                        .toList(),
                elsewhere);
    }

    private List<Active> active(Caller caller) {
        String[] kinds = kinds(caller);
        if (kinds.length == 0) {
            return List.of();
        }
        return jdbc.sql("""
                        select g.id, g.specialist_id, g.patient_fhir_id, g.permissions, g.restrictions
                        from holovitals.users u join holovitals.consent_grants g on g.specialist_id = u.id
                        where u.subject = ? and g.status = 'approved' and (g.expires_at is null or g.expires_at > ?)
                          and g.kind = any (?)
                        """)
                .params(caller.subject(), at(clock.instant()), kinds)
                .query(HeldConsents::grant)
                .list();
    }

    /** A role that somebody has lost gives nothing any more. */
    private static String[] kinds(Caller caller) {
        if (caller.isService()) {
            return new String[0];
        }
        return Stream.of(Kind.values())
                .filter(kind -> caller.hasRole(kind.role()))
                .map(Kind::text)
                .toArray(String[]::new);
    }

    private static Active grant(ResultSet row, int number) throws SQLException {
        return new Active(
                row.getObject("specialist_id", UUID.class),
                new Grant(
                        row.getObject("id", UUID.class),
                        row.getString("patient_fhir_id"),
                        Permissions.ofJson(row.getString("permissions"))),
                Restrictions.ofJson(row.getString("restrictions")));
    }
}
