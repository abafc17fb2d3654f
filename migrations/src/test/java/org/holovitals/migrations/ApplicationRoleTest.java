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

/** What the server may do with the role that its pools take on. */
final class ApplicationRoleTest {
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
    }

    @AfterEach
    void disconnect() throws SQLException {
        application.rollback();
        application.close();
    }

    @Test
    void aDeletedResourceTakesItsRowsAlong() throws SQLException {
        Records.patient(application);
        Records.resource(application, 2, "Observation", "o2");
        Records.vitalSign(application, 2, "status", "'final'");

        TestDatabase.run(application, "delete from hfj_resource where res_id = 2");
        assertThat(TestDatabase.query(application, "select fhir_id from patient_vital_signs"))
                .isEmpty();

        TestDatabase.run(application, "delete from hfj_resource where res_id = 1");
        assertThat(TestDatabase.query(
                        application, "select id from patients union all select id from patient_repositories"))
                .isEmpty();
    }

    @Test
    void aRowMayComeBeforeItsResourceInATransaction() throws SQLException {
        Records.patient(application);
        Records.vitalSign(application, 3, "status", "'final'");
        Records.resource(application, 3, "Observation", "o3");

        TestDatabase.run(application, "set constraints all immediate");
    }

    @Test
    void theAuditLogTakesRowsAndReviews() throws SQLException {
        Records.auditLog(application, "2026-03-01T00:00:00Z");
        TestDatabase.run(
                application,
                "insert into audit_reviews (id, audit_log_id, audit_log_timestamp, reviewed_by, reviewed_at, finding)"
                        + " select gen_random_uuid(), id, timestamp, '" + Records.USER
                        + "', now(), 'unclear' from audit_logs");

        assertThat(TestDatabase.query(
                        application, "select seq from audit_logs join audit_reviews on audit_log_id = audit_logs.id"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_logs set outcome = 'success'",
                "delete from audit_logs",
                "truncate audit_logs",
                "delete from audit_logs_2026_01",
                "update audit_logs_default set outcome = 'success'",
                "insert into audit_logs_2026_01 select * from audit_logs",
                "update audit_batches set number = 1",
                "truncate audit_batches",
                "delete from audit_removals",
                "delete from audit_holds",
                "delete from audit_batches",
                "update audit_reviews set review_notes = null",
                "delete from audit_reviews",
                "insert into consent_versions (id, version) values (gen_random_uuid(), 1)",
                "update consent_versions set version = 0",
                "delete from consent_versions",
                "delete from data_keys",
                "update \"FLY_HFJ_MIGRATION\" set success = true",
                "select * from flyway_schema_history",
                "alter table users add column a integer",
                "create table holovitals.a (a integer)",
                "drop table audit_logs_2026_01",
                "alter table audit_logs detach partition audit_logs_2026_01"
            })
    void whatIsNotItsBusinessIsRefused(String sql) {
        assertThatThrownBy(() -> TestDatabase.run(application, sql))
                .isInstanceOfSatisfying(SQLException.class, refusal -> assertThat(refusal.getSQLState())
                        .isEqualTo("42501"));
    }

    @Test
    void tablesOfLaterMigrationsAreItsToo() throws SQLException {
        try (TestDatabase later = TestServer.migrated()) {
            later.asOwner("create table later (id uuid primary key); create sequence later_seq;"
                    + " create table fhir.hfj_later (id bigint)");
            try (Connection connection = later.application()) {
                TestDatabase.run(connection, "insert into later values (gen_random_uuid())");
                TestDatabase.run(connection, "insert into hfj_later values (nextval('later_seq'))");
                TestDatabase.run(connection, "delete from later; delete from hfj_later");
            }
        }
    }
}
