package org.holovitals.server.egress;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.holovitals.server.models.EgressMode;
import org.holovitals.server.users.PatientKeys;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code egress_choices}: how much of a record its patient lets leave; without a row nothing. */
final class EgressChoices {
    private final JdbcClient jdbc;
    private final PatientKeys keys;
    private final Ids ids;
    private final Clock clock;

    EgressChoices(JdbcClient jdbc, PatientKeys keys, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
    }

    /** Of a FHIR Patient. */
    EgressMode of(String patient) {
        return keys.record(patient).map(this::of).orElse(EgressMode.NONE);
    }

    /** Of a row in patients. */
    EgressMode of(UUID record) {
        return jdbc.sql("select mode from holovitals.egress_choices where patient_id = ?")
                .param(record)
                .query(String.class)
                .optional()
                .map(EgressMode::of)
                .orElse(EgressMode.NONE);
    }

    void choose(UUID record, EgressMode mode, UUID user) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.sql("""
                        insert into holovitals.egress_choices (id, patient_id, mode, chosen_by, chosen_at, created_at)
                        values (:id, :patient, :mode, :user, :now, :now)
                        on conflict (patient_id) do update
                        set mode = excluded.mode, chosen_by = excluded.chosen_by, chosen_at = excluded.chosen_at
                        """)
                .param("id", ids.next())
                .param("patient", record)
                .param("mode", mode.text())
                .param("user", user)
                .param("now", now)
                .update();
    }
}
