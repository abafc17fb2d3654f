package org.holovitals.migrations;

import static org.holovitals.migrations.TestDatabase.run;

import java.sql.Connection;
import java.sql.SQLException;

/** Rows as the application writes them. */
final class Records {
    static final String USER = "01890000-0000-7000-8000-000000000001";
    private static final String PATIENT = "01890000-0000-7000-8000-000000000002";
    private static final String REPOSITORY = "01890000-0000-7000-8000-000000000003";

    private Records() {}

    static void user(Connection connection) throws SQLException {
        run(
                connection,
                "insert into users (id, subject, email) values ('%s', 'sub-1', 'ada@example.org')".formatted(USER));
    }

    /** FHIR Patient p1, stored as resource 1, with its repository. */
    static void patient(Connection connection) throws SQLException {
        run(connection, "select set_config('holovitals.everything', 'on', true)");
        resource(connection, 1, "Patient", "p1");
        run(connection, """
                insert into patients (id, user_id, fhir_id, fhir_version, res_id, last_updated)
                values ('%2$s', '%1$s', 'p1', 1, 1, now());
                insert into patient_repositories (id, user_id, patient_id) values ('%3$s', '%1$s', '%2$s')
                """.formatted(USER, PATIENT, REPOSITORY));
    }

    static void resource(Connection connection, long id, String type, String fhirId) throws SQLException {
        run(connection, """
                insert into hfj_resource
                  (res_id, res_type, fhir_id, res_ver, res_version, res_published, res_updated, has_tags, sp_has_links,
                   sp_coords_present, sp_date_present, sp_number_present, sp_quantity_present, sp_quantity_nrml_present,
                   sp_string_present, sp_token_present, sp_uri_present)
                values (%d, '%s', '%s', 1, 'R4', now(), now(),
                   false, false, false, false, false, false, false, false, false, false)
                """.formatted(id, type, fhirId));
    }

    /** Columns and values are SQL, such as {@code heart_rate} and {@code 72}. */
    static void vitalSign(Connection connection, long resource, String columns, String values) throws SQLException {
        run(connection, """
                insert into patient_vital_signs (id, repository_id, fhir_id, fhir_version, res_id, last_updated, %2$s)
                values (gen_random_uuid(), '%4$s', 'o%1$d', 1, %1$d, now(), %3$s)
                """.formatted(resource, columns, values, REPOSITORY));
    }

    static void auditLog(Connection connection, String timestamp) throws SQLException {
        run(connection, """
                insert into audit_logs (id, timestamp, action, resource, outcome)
                values (gen_random_uuid(), '%s', 'read', 'Patient', 'success')
                """.formatted(timestamp));
    }
}
