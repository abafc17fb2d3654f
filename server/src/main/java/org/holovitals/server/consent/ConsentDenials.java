package org.holovitals.server.consent;

import static org.holovitals.server.consent.ConsentGrants.at;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code consent_denials}. */
final class ConsentDenials {
    private final JdbcClient jdbc;
    private final Ids ids;
    private final Clock clock;

    ConsentDenials(JdbcClient jdbc, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Adds one that holds from now on.
     *
     * @param owner the user whose record it is, if somebody's
     * @param grantee the user to whom the parts are not shown; null is everybody but the patient
     * @param fhirId the Consent that it was read from; null where one is to be made, under the id of the row
     */
    UUID add(
            String patient,
            @Nullable UUID owner,
            @Nullable UUID grantee,
            Set<Part> parts,
            @Nullable String reason,
            @Nullable String fhirId) {
        UUID id = ids.next();
        jdbc.sql("""
                        insert into holovitals.consent_denials
                          (id, patient_fhir_id, patient_id, specialist_id, resources, reason, fhir_id, created_at)
                        values (:id, :patient, :owner, :grantee, :parts, :reason, :fhirId, :now)
                        """)
                .param("id", id)
                .param("patient", patient)
                .param("owner", owner)
                .param("grantee", grantee)
                .param("parts", parts.stream().sorted().map(Permissions::text).toArray(String[]::new))
                .param("reason", reason)
                .param("fhirId", fhirId == null ? id.toString() : fhirId)
                .param("now", at(now()))
                .update();
        return id;
    }

    /** Ends one that holds. */
    boolean withdraw(UUID id) {
        return jdbc.sql("update holovitals.consent_denials set withdrawn_at = ? where id = ? and withdrawn_at is null")
                        .params(at(now()), id)
                        .update()
                == 1;
    }

    /** Lets go of a Consent that is to say something else. */
    void release(String fhirId) {
        jdbc.sql("update holovitals.consent_denials set fhir_id = null where fhir_id = ?")
                .param(fhirId)
                .update();
    }

    Optional<ConsentDenial> get(UUID id) {
        return jdbc.sql("""
                        select d.*, u.fhir_user from holovitals.consent_denials d
                        left join holovitals.users u on u.id = d.specialist_id
                        where d.id = ?
                        """).param(id).query(ConsentDenials::denial).optional();
    }

    /** The one that a FHIR Consent says. */
    Optional<ConsentDenial> ofConsent(String fhirId) {
        return jdbc.sql("""
                        select d.*, u.fhir_user from holovitals.consent_denials d
                        left join holovitals.users u on u.id = d.specialist_id
                        where d.fhir_id = ?
                        """).param(fhirId).query(ConsentDenials::denial).optional();
    }

    /** Those of a record, also the ended ones, newest first. */
    List<ConsentDenial> ofPatient(String patient, Page.Wanted page) {
        return jdbc.sql("""
                        select d.*, u.fhir_user from holovitals.consent_denials d
                        left join holovitals.users u on u.id = d.specialist_id
                        where d.patient_fhir_id = ? and d.id < ? order by d.id desc limit ?
                        """)
                .params(patient, page.after(), page.limit())
                .query(ConsentDenials::denial)
                .list();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ConsentDenial denial(ResultSet row, int number) throws SQLException {
        OffsetDateTime withdrawn = row.getObject("withdrawn_at", OffsetDateTime.class);
        return new ConsentDenial(
                row.getObject("id", UUID.class),
                row.getString("patient_fhir_id"),
                row.getObject("specialist_id", UUID.class),
                row.getString("fhir_user"),
                parts(row.getArray("resources")),
                row.getString("reason"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                withdrawn == null ? null : withdrawn.toInstant(),
                row.getString("fhir_id"));
    }

    static Set<Part> parts(Array texts) throws SQLException {
        return Arrays.stream((String[]) texts.getArray())
                .map(Permissions::part)
                .collect(Collectors.toUnmodifiableSet());
    }
}
