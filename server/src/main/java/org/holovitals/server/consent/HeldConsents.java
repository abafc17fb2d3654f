package org.holovitals.server.consent;

import static org.holovitals.server.consent.ConsentGrants.at;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    /** A clinician's consents are read for each request, and most of them say the same. */
    private static final int MOST_REMEMBERED = 1_000;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final LoadingCache<String, Set<Permission>> permissions =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build(Permissions::ofJson);
    private final LoadingCache<String, Restrictions> restrictions =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build(Restrictions::ofJson);

    HeldConsents(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Of one row, either. */
    private record Row(Optional<Active> active, Optional<Denial> denial) {}

    /** A grant in force, and what it is tied to. */
    private record Active(Grant grant, Restrictions restrictions) {
        Grant limited() {
            return new Grant(grant.id(), grant.patient(), restrictions.limit(grant.permissions()));
        }
    }

    @Override
    public Held of(Caller caller) {
        List<Row> rows = rows(caller);
        Map<Boolean, List<Grant>> grants = rows.stream()
                .flatMap(row -> row.active().stream())
                .collect(Collectors.partitioningBy(
                        active -> active.restrictions().holdFor(caller),
                        Collectors.mapping(Active::limited, Collectors.toList())));
        List<Grant> usable = grants.getOrDefault(true, List.of());
        Set<String> patients = usable.stream().map(Grant::patient).collect(Collectors.toSet());
        List<Denial> denials = rows.stream()
                .flatMap(row -> row.denial().stream())
                .filter(denial -> patients.contains(denial.patient()))
                .toList();
        return new Held(usable, denials, grants.getOrDefault(false, List.of()));
    }

    private List<Row> rows(Caller caller) {
        String[] kinds = kinds(caller);
        if (kinds.length == 0) {
            return List.of();
        }
        return jdbc.sql("""
                        with active as (
                          select g.id, g.specialist_id, g.patient_fhir_id, g.permissions, g.restrictions
                          from holovitals.users u join holovitals.consent_grants g on g.specialist_id = u.id
                          where u.subject = ? and g.status = 'approved' and (g.expires_at is null or g.expires_at > ?)
                            and g.kind = any (?)
                        )
                        select id, patient_fhir_id, permissions::text, restrictions::text, null::text[] as denied from active
                        union all
                        select d.id, d.patient_fhir_id, null, null, d.resources from holovitals.consent_denials d
                        where d.withdrawn_at is null and d.patient_fhir_id in (select patient_fhir_id from active)
                          and (d.specialist_id is null or d.specialist_id = (select specialist_id from active limit 1))
                        """)
                .params(caller.subject(), at(clock.instant()), kinds)
                .query(this::row)
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

    private Row row(ResultSet row, int number) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        String patient = row.getString("patient_fhir_id");
        Array denied = row.getArray("denied");
        if (denied != null) {
            return new Row(Optional.empty(), Optional.of(new Denial(id, patient, ConsentDenials.parts(denied))));
        }
        Grant grant = new Grant(id, patient, permissions.get(row.getString("permissions")));
        return new Row(
                Optional.of(new Active(grant, restrictions.get(row.getString("restrictions")))), Optional.empty());
    }
}
