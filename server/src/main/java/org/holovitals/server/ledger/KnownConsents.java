package org.holovitals.server.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is read of the table {@code consent_grants}: under which grants rows of the log happened. */
final class KnownConsents {
    private final JdbcClient jdbc;

    KnownConsents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A grant.
     *
     * @param patient FHIR id of the record
     * @param kind {@code clinician}, {@code proxy} or {@code break-glass}
     * @param reason as whoever asked for it wrote it
     */
    record Grant(
            UUID id,
            String patient,
            String kind,
            @Nullable String reason,
            @Nullable Instant until) {

        boolean isEmergency() {
            return kind.equals("break-glass");
        }
    }

    /** The grants of some rows, by id; one statement for all. */
    Map<UUID, Grant> of(Collection<AuditRow> rows) {
        UUID[] ids =
                rows.stream().flatMap(row -> row.consents().stream()).distinct().toArray(UUID[]::new);
        if (ids.length == 0) {
            return Map.of();
        }
        Map<UUID, Grant> found = new HashMap<>();
        jdbc.sql("""
                        select id, patient_fhir_id, kind, reason, expires_at from holovitals.consent_grants where id = any(?)
                        """)
                .param(ids)
                .query((row, number) -> read(row))
                .list()
                .forEach(grant -> found.put(grant.id(), grant));
        return found;
    }

    /** Those of the grants that are of some patients. */
    static Set<UUID> ofPatients(Map<UUID, Grant> grants, Set<String> patients) {
        return grants.values().stream()
                .filter(grant -> patients.contains(grant.patient()))
                .map(Grant::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The records of those of some grants that are a proxy's. */
    Set<String> ofProxies(Collection<UUID> ids) {
        return jdbc.sql("""
                        select patient_fhir_id from holovitals.consent_grants where id = any(?) and kind = 'proxy'
                        """).param(ids.toArray(UUID[]::new)).query(String.class).set();
    }

    private static Grant read(ResultSet row) throws SQLException {
        OffsetDateTime until = row.getObject("expires_at", OffsetDateTime.class);
        return new Grant(
                row.getObject("id", UUID.class),
                row.getString("patient_fhir_id"),
                row.getString("kind"),
                row.getString("reason"),
                until == null ? null : until.toInstant());
    }

    /** The grants that a row names, in its order. */
    static List<Grant> of(AuditRow row, Map<UUID, Grant> known) {
        return row.consents().stream()
                .filter(known::containsKey)
                .map(known::get)
                .toList();
    }
}
