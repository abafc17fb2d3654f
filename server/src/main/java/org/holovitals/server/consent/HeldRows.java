package org.holovitals.server.consent;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.access.ConsentVersion;
import org.holovitals.server.access.Consents.Denial;
import org.holovitals.server.access.Consents.Grant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is granted and denied to a user, as it stands in the database, and whether it has changed. */
final class HeldRows {
    private final JdbcClient jdbc;

    HeldRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How often what holds for a user has changed.
     *
     * @param user row of users
     */
    record Version(UUID user, long changes) {}

    /** All of a user's that somebody has approved, and nobody has revoked, whether or not it has ended by now. */
    record Rows(List<Active> grants, List<Denial> denials) {}

    /**
     * A grant that was approved.
     *
     * @param grant as it is without restrictions
     * @param limited what is left of it within them
     */
    record Active(
            Grant grant,
            Kind kind,
            Restrictions restrictions,
            Grant limited,
            @Nullable Instant ends) {
        boolean isInForce(Instant now) {
            return ends == null || ends.isAfter(now);
        }
    }

    /** The newest; empty when there is no such user. */
    Optional<Version> version(String subject) {
        return jdbc.sql("select u.id, " + ConsentVersion.of("u.id") + """
                         as changes
                        from holovitals.users u where u.subject = ?
                        """)
                .param(subject)
                .query((row, number) -> new Version(row.getObject("id", UUID.class), row.getLong("changes")))
                .optional();
    }

    /** Of a user by his row. */
    Rows of(UUID user) {
        return new Rows(grants(user), denials(user));
    }

    private List<Active> grants(UUID user) {
        return jdbc.sql("""
                        select id, kind, patient_fhir_id, permissions::text, restrictions::text, expires_at
                        from holovitals.consent_grants where specialist_id = ? and status = 'approved'
                        """).param(user).query(HeldRows::active).list();
    }

    private static Active active(ResultSet row, int number) throws SQLException {
        Grant grant = new Grant(
                row.getObject("id", UUID.class),
                row.getString("patient_fhir_id"),
                Permissions.ofJson(row.getString("permissions")));
        Restrictions restrictions = Restrictions.ofJson(row.getString("restrictions"));
        OffsetDateTime ends = row.getObject("expires_at", OffsetDateTime.class);
        return new Active(
                grant,
                Kind.of(row.getString("kind")),
                restrictions,
                new Grant(grant.id(), grant.patient(), restrictions.limit(grant.permissions())),
                ends == null ? null : ends.toInstant());
    }

    private List<Denial> denials(UUID user) {
        return jdbc.sql("""
                        select id, patient_fhir_id, resources from holovitals.consent_denials
                        where withdrawn_at is null and (specialist_id is null or specialist_id = ?)
                          and patient_fhir_id in (select g.patient_fhir_id from holovitals.consent_grants g
                            where g.specialist_id = ? and g.status = 'approved')
                        """)
                .params(user, user)
                .query((row, number) -> new Denial(
                        row.getObject("id", UUID.class),
                        row.getString("patient_fhir_id"),
                        ConsentDenials.parts(row.getArray("resources"))))
                .list();
    }
}
