package org.holovitals.server.users;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The view {@code patient_keys}: the keys of patients and nothing about them. */
public final class PatientKeys {
    private final JdbcClient jdbc;

    PatientKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The row in patients of a FHIR Patient; empty where there is none. */
    public Optional<UUID> record(String patient) {
        return jdbc.sql("select id from holovitals.patient_keys where fhir_id = ?")
                .param(patient)
                .query(UUID.class)
                .optional();
    }
}
