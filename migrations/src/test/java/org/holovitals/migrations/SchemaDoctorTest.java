package org.holovitals.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code mvn -pl migrations test -Dtest=SchemaDoctorTest -Dholovitals.snapshot=write} writes the expected schema anew. */
final class SchemaDoctorTest {
    @AutoClose
    private static TestDatabase database;

    @BeforeAll
    static void migrate() throws Exception {
        database = TestServer.migrated();
        if ("write".equals(System.getProperty("holovitals.snapshot"))) {
            try (Connection login = database.login()) {
                String text = Snapshot.text(Snapshot.actual(login));
                Files.writeString(Path.of("src/main/resources" + Snapshot.EXPECTED), text);
                Files.writeString(Path.of("target/classes" + Snapshot.EXPECTED), text);
            }
        }
    }

    @Test
    void aFreshSchemaIsTheExpectedOne() throws SQLException {
        try (Connection login = database.login()) {
            assertThat(SchemaDoctor.check(login)).isEmpty();
        }
    }

    @Test
    void theApplicationMayAskAndItsSearchPathStays() throws SQLException {
        try (Connection application = database.application()) {
            assertThat(SchemaDoctor.check(application)).isEmpty();
            assertThat(TestDatabase.query(application, "select current_setting('search_path')"))
                    .containsExactly("fhir, holovitals");
        }
    }

    @Test
    void anEmptyDatabaseLacksEverything() throws SQLException {
        try (TestDatabase empty = TestServer.empty();
                Connection login = empty.login()) {
            assertThat(SchemaDoctor.check(login))
                    .hasSizeGreaterThan(1000)
                    .contains(new Difference("column holovitals.users.subject", "text not null", null));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aDriftIsFoundAndNamed(String drift, List<String> differences) throws SQLException {
        try (Connection login = database.login()) {
            login.setAutoCommit(false);
            TestDatabase.run(login, "set local role holovitals_owner");
            TestDatabase.run(login, drift);
            assertThat(SchemaDoctor.check(login).stream().map(Difference::toString))
                    .containsExactlyElementsOf(differences);
            login.rollback();
        }
    }

    static Stream<Arguments> aDriftIsFoundAndNamed() {
        return Stream.of(
                drift(
                        "alter table holovitals.users drop column last_failed_login",
                        "column holovitals.users.last_failed_login: expected timestamp with time zone, found nothing"),
                drift(
                        "alter table holovitals.users alter subject type varchar(20)",
                        "column holovitals.users.subject: expected text not null, found character varying(20) not null"),
                drift(
                        "alter table holovitals.users alter subject drop not null",
                        "column holovitals.users.subject: expected text not null, found text"),
                drift(
                        "alter table holovitals.users alter mfa_enabled set default true",
                        "column holovitals.users.mfa_enabled: expected boolean not null default false,"
                                + " found boolean not null default true"),
                drift(
                        "alter table holovitals.users add column shoe_size integer",
                        "column holovitals.users.shoe_size: expected nothing, found integer"),
                drift(
                        "drop index holovitals.patients_user_id_idx",
                        "index holovitals.patients.patients_user_id_idx: expected CREATE INDEX patients_user_id_idx"
                                + " ON holovitals.patients USING btree (user_id), found nothing"),
                drift(
                        "alter table holovitals.patients drop constraint patients_sex_check",
                        "constraint holovitals.patients.patients_sex_check: expected CHECK ((sex = ANY"
                                + " (ARRAY['male'::text, 'female'::text, 'other'::text, 'unknown'::text]))), found nothing"),
                drift(
                        "grant update on holovitals.audit_logs to holovitals_application",
                        "grant holovitals.audit_logs to holovitals_application: expected insert, select,"
                                + " found insert, select, update"),
                drift(
                        "grant update (review_notes) on holovitals.audit_reviews to public",
                        "grant holovitals.audit_reviews.review_notes to public: expected nothing, found update"),
                drift(
                        "grant delete on holovitals.audit_logs_2026_03 to holovitals_application",
                        "grant holovitals.audit_logs_2026_03 to holovitals_application: expected nothing, found delete"),
                drift(
                        "revoke insert on holovitals.documents from holovitals_application",
                        "grant holovitals.documents to holovitals_application: expected delete, insert, select, update,"
                                + " found delete, select, update"),
                drift(
                        "alter table fhir.hfj_resource alter res_type type varchar(41)",
                        "column fhir.hfj_resource.res_type: expected character varying(40) not null,"
                                + " found character varying(41) not null"),
                drift(
                        "create table holovitals.notes (a integer)",
                        "column holovitals.notes.a: expected nothing, found integer",
                        "grant holovitals.notes to holovitals_application: expected nothing,"
                                + " found delete, insert, select, update",
                        "table holovitals.notes: expected nothing, found owner holovitals_owner"),
                drift(
                        "alter sequence holovitals.audit_logs_seq increment 2",
                        "sequence holovitals.audit_logs_seq: expected bigint, start 1, increment 1,"
                                + " from 1 to 9223372036854775807, owner holovitals_owner, found bigint, start 1,"
                                + " increment 2, from 1 to 9223372036854775807, owner holovitals_owner"));
    }

    @Test
    void aNewPartitionByMonthIsNoDrift() throws SQLException {
        try (Connection application = database.application()) {
            application.setAutoCommit(false);
            TestDatabase.run(application, "select create_audit_logs_partition('2028-01-01')");
            assertThat(SchemaDoctor.check(application)).isEmpty();
            application.rollback();
        }
    }

    @Test
    void whatStandsInOtherSchemasDoesNotCount() throws SQLException {
        try (Connection login = database.login()) {
            login.setAutoCommit(false);
            TestDatabase.run(login, "create schema keycloak create table realm (id integer)");
            assertThat(SchemaDoctor.check(login)).isEmpty();
            login.rollback();
        }
    }

    private static Arguments drift(String sql, String... differences) {
        return Arguments.of(sql, List.of(differences));
    }
}
