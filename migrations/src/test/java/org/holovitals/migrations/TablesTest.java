package org.holovitals.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Constraints, the view and the partitions at work. */
final class TablesTest {
    private static final String AT_NOON = "date, date_precision, date_low, date_high";
    private static final String NOON =
            "'2026-01-02T12:00:00Z', 'second', '2026-01-02T12:00:00Z', '2026-01-02T12:00:00.999999Z'";

    @AutoClose
    private static TestDatabase database;

    private Connection application;

    @BeforeAll
    static void migrate() throws SQLException {
        database = TestServer.migrated();
    }

    @BeforeEach
    void connect() throws SQLException {
        application = database.application();
        application.setAutoCommit(false);
        Records.user(application);
        Records.patient(application);
    }

    @AfterEach
    void disconnect() throws SQLException {
        application.rollback();
        application.close();
    }

    @Test
    void vitalSignsOfOneMomentMakeOneReading() throws SQLException {
        vitalSign(10, "blood_pressure_systolic, blood_pressure_diastolic", "120, 80", "final");
        vitalSign(11, "heart_rate", "72", "final");
        vitalSign(12, "heart_rate", "720", "entered-in-error");

        assertThat(TestDatabase.query(
                        application,
                        "select concat_ws(' ', blood_pressure_systolic, blood_pressure_diastolic, heart_rate, date)"
                                + " from patient_vital_sign_readings"))
                .containsExactly("120 80 72 2026-01-02T12:00:00Z");
    }

    @Test
    void ofTwoValuesForOneMomentTheLaterUpdatedCounts() throws SQLException {
        vitalSign(10, "weight", "81", "final");
        vitalSign(11, "weight", "80", "amended");
        TestDatabase.run(
                application,
                "update patient_vital_signs set last_updated = last_updated + interval '1 hour' where fhir_id = 'o11'");

        assertThat(TestDatabase.query(application, "select weight from patient_vital_sign_readings"))
                .containsExactly("80");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'2019-05', 'month', '2019-05-01Z', '2019-05-31T23:59:59.999999Z'",
                "'2019-05/..', 'period', '2019-05-01Z', null",
                "'../..', 'period', null, null",
                "null, null, null, null"
            })
    void aWholePartialDateIsTaken(String date) throws SQLException {
        Records.resource(application, 20, "Observation", "o20");
        Records.vitalSign(application, 20, "status, " + AT_NOON, "'final', " + date);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'2019-05', null, '2019-05-01Z', '2019-05-31T23:59:59.999999Z'",
                "'2019-05', 'fortnight', '2019-05-01Z', '2019-05-31T23:59:59.999999Z'",
                "'2019-05', 'month', '2019-05-01Z', null",
                "null, null, '2019-05-01Z', null",
                "null, 'month', null, null"
            })
    void aBrokenPartialDateIsRefused(String date) throws SQLException {
        Records.resource(application, 20, "Observation", "o20");
        assertThatThrownBy(() -> Records.vitalSign(application, 20, "status, " + AT_NOON, "'final', " + date))
                .hasMessageContaining("patient_vital_signs_date_check");
    }

    @Test
    void anEmailIsUniqueWithoutRegardToCase() {
        assertThatThrownBy(
                        () -> TestDatabase.run(
                                application,
                                "insert into users (id, subject, email) values (gen_random_uuid(), 'sub-2', 'ADA@example.org')"))
                .hasMessageContaining("users_email_key");
    }

    @Test
    void auditRowsLieInThePartitionOfTheirMonthByUtc() throws SQLException {
        TestDatabase.run(application, "set local time zone 'Asia/Kolkata'");
        Records.auditLog(application, "2026-12-31T23:59:59.999999Z");
        Records.auditLog(application, "2027-01-01T00:00:00Z");

        assertThat(TestDatabase.query(application, "select tableoid::regclass from audit_logs order by timestamp"))
                .containsExactly("audit_logs_2026_12", "audit_logs_2027_01");
    }

    @Test
    void aNewPartitionTakesTheRowsThatCameBeforeIt() throws SQLException {
        Records.auditLog(application, "2028-02-29T12:00:00Z");
        Records.auditLog(application, "2028-03-01T12:00:00Z");

        assertThat(TestDatabase.query(application, "select create_audit_logs_partition('2028-02-10')"))
                .containsExactly("audit_logs_2028_02");
        assertThat(TestDatabase.query(application, "select create_audit_logs_partition('2028-02-01')"))
                .containsExactly("audit_logs_2028_02");
        assertThat(TestDatabase.query(application, "select tableoid::regclass from audit_logs order by timestamp"))
                .containsExactly("audit_logs_2028_02", "audit_logs_default");
        assertThatThrownBy(() -> TestDatabase.run(application, "delete from audit_logs_2028_02"))
                .hasMessageContaining("permission denied");
    }

    private void vitalSign(long resource, String column, String value, String status) throws SQLException {
        Records.resource(application, resource, "Observation", "o" + resource);
        Records.vitalSign(
                application, resource, AT_NOON + ", status, " + column, NOON + ", '" + status + "', " + value);
    }
}
