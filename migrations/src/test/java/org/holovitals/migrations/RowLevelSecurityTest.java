package org.holovitals.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.holovitals.migrations.TestDatabase.query;
import static org.holovitals.migrations.TestDatabase.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two patients, a and b, with a row each in every table that hangs on a patient: the application sees what it may. */
final class RowLevelSecurityTest {
    private static final String EVERYTHING = "select set_config('holovitals.everything', 'on', true)";
    private static final String ONLY_A = "select holovitals.see_patients('{a}')";

    /** What somebody made about a record: each of their features looks at whose it is, and who asks. */
    private static final List<String> WITHOUT = List.of(
            "analysis_queue", "analysis_sessions", "chat_conversations", "documents", "egress_choices", "imports");

    private static final String OF_PATIENTS = """
            select distinct t.relname from pg_constraint k
            join pg_class t on t.oid = k.conrelid
            where k.contype = 'f' and t.relnamespace = 'holovitals'::regnamespace
              and k.confrelid in ('holovitals.patients'::regclass, 'holovitals.patient_repositories'::regclass)
            union select 'patients'
            """;

    @AutoClose
    private static TestDatabase database;

    private Connection application;

    @BeforeAll
    static void twoPatients() throws SQLException {
        database = TestServer.migrated();
        try (Connection owner = database.login()) {
            run(owner, "set role holovitals_owner; set search_path = fhir, holovitals");
            patient(owner, 1, "a");
            patient(owner, 2, "b");
        }
    }

    private static void patient(Connection owner, int key, String id) throws SQLException {
        Records.resource(owner, key, "Patient", id);
        run(owner, """
                insert into patients (id, fhir_id, fhir_version, res_id, last_updated)
                values (gen_random_uuid(), '%2$s', 1, %1$d, now());
                insert into patient_repositories (id, patient_id)
                select gen_random_uuid(), id from patients where fhir_id = '%2$s'
                """.formatted(key, id));
        for (String table : tables()) {
            if (!table.equals("patients") && !table.equals("patient_repositories")) {
                run(owner, insert(table, "'" + id + "'", "(" + repository(id) + ")", key));
            }
        }
    }

    @BeforeEach
    void connect() throws SQLException {
        application = database.application();
        application.setAutoCommit(false);
    }

    @AfterEach
    void disconnect() throws SQLException {
        application.rollback();
        application.close();
    }

    static List<String> tables() throws SQLException {
        return database.query(OF_PATIENTS).stream()
                .filter(table -> !WITHOUT.contains(table))
                .sorted()
                .toList();
    }

    @Test
    void everyTableThatHangsOnAPatientHasAPolicy() throws SQLException {
        assertThat(tables()).hasSize(12);
        assertThat(database.query("select relname from pg_class where relname in ('"
                        + String.join("', '", tables()) + "') and relnamespace = 'holovitals'::regnamespace"
                        + " and not (relrowsecurity and exists (select from pg_policy where polrelid = pg_class.oid))"))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void withoutAContextThereIsNothing(String table) throws SQLException {
        assertThat(count(table)).isZero();
        assertThatThrownBy(() -> run(application, copy(table, "a"))).hasMessageContaining("row-level security");
    }

    @ParameterizedTest
    @MethodSource("tables")
    void withAPatientsContextThereIsThatPatientOnly(String table) throws SQLException {
        assertThat(query(application, ONLY_A)).containsExactly("1");

        assertThat(count(table)).isEqualTo(1);
        assertThat(query(application, "select * from " + table))
                .isEqualTo(database.query("select * from holovitals." + table + " where " + ofPatient(table, "a")));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aRowOfAnotherPatientIsNotWritten(String table) throws SQLException {
        run(application, ONLY_A);

        assertThat(updated("update " + table + " set created_at = now() where " + ofPatientByKey(table, "b")))
                .isZero();
        assertThat(updated("delete from " + table + " where " + ofPatientByKey(table, "b")))
                .isZero();
        assertThatThrownBy(() -> run(application, copy(table, "b")))
                .hasMessageContaining("row-level security")
                .isInstanceOfSatisfying(SQLException.class, refusal -> assertThat(refusal.getSQLState())
                        .isEqualTo("42501"));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theServersOwnWorkSeesAll(String table) throws SQLException {
        run(application, EVERYTHING);

        assertThat(count(table)).isEqualTo(2);
    }

    @Test
    void theContextEndsWithTheTransaction() throws SQLException {
        for (String context : List.of(EVERYTHING, ONLY_A)) {
            run(application, context);
            assertThat(count("patients")).isPositive();
            application.commit();
            assertThat(count("patients")).as("after commit").isZero();
            assertThat(count("patient_results")).as("after commit").isZero();
            run(application, context);
            application.rollback();
            assertThat(count("patients")).as("after rollback").isZero();
        }
    }

    @Test
    void aNarrowerContextTakesTheWiderAway() throws SQLException {
        run(application, EVERYTHING);
        run(application, ONLY_A);
        assertThat(query(application, "select fhir_id from patients")).containsExactly("a");
        run(application, "select see_patients('{}')");
        assertThat(count("patients")).isZero();
        assertThat(query(application, "select see_patients('{a,b,nobody}')")).containsExactly("2");
        assertThat(count("patients")).isEqualTo(2);
    }

    @Test
    void theReadingsFollowTheirTable() throws SQLException {
        run(application, EVERYTHING);
        run(
                application,
                "update patient_vital_signs set date_low = now(), date_high = now(), date = '2024', date_precision = 'period'");
        assertThat(count("patient_vital_sign_readings")).isEqualTo(2);
        run(application, ONLY_A);
        assertThat(count("patient_vital_sign_readings")).isEqualTo(1);
        run(application, "select see_patients('{}')");
        assertThat(count("patient_vital_sign_readings")).isZero();
    }

    @Test
    void theKeysSayNothingAboutAPatientAndAreOnlyRead() throws SQLException {
        assertThat(query(
                        application,
                        "select attname from pg_attribute where attrelid = 'patient_keys'::regclass"
                                + " and attnum > 0 order by attnum"))
                .containsExactly("id", "fhir_id", "user_id");
        assertThat(query(application, "select fhir_id from patient_keys order by 1"))
                .containsExactly("a", "b");
        assertThatThrownBy(() -> run(application, "update patient_keys set user_id = null"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void theContextIsReadOnceForAStatementAndTheIndexIsUsed() throws SQLException {
        run(application, ONLY_A);
        run(
                application,
                "set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_sort = off");
        assertThat(query(
                                application,
                                "explain select * from patient_results where repository_id = '"
                                        + database.query(repository("a")).get(0)
                                        + "' order by effective_low desc limit 5")
                        .stream()
                        .map(String::strip))
                .anyMatch(line -> line.contains("Index Scan using patient_results_effective_idx"))
                .anyMatch(line -> line.startsWith("Index Cond: (repository_id ="))
                .anyMatch(line -> line.startsWith("InitPlan"))
                .noneMatch(line -> line.startsWith("SubPlan"));
    }

    private long count(String table) throws SQLException {
        return Long.parseLong(
                query(application, "select count(*) from " + table).get(0));
    }

    private int updated(String sql) throws SQLException {
        try (var statement = application.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** A new row of a patient, though no such patient is seen. */
    private static String copy(String table, String id) throws SQLException {
        String patient = database.query("select id from holovitals.patients where fhir_id = '" + id + "'")
                .get(0);
        return switch (table) {
            case "patients" ->
                "insert into patients (id, fhir_id, fhir_version, res_id, last_updated)"
                        + " values (gen_random_uuid(), 'new', 1, 9, now())";
            case "patient_repositories" ->
                "insert into patient_repositories (id, patient_id)" + " values (gen_random_uuid(), '" + patient + "')";
            default ->
                insert(table, "'new'", "'" + database.query(repository(id)).get(0) + "'", 9);
        };
    }

    /** What a table must have, by the type of the column. */
    private static String insert(String table, String fhirId, String repository, int resource) throws SQLException {
        List<String> columns = database.query("select column_name || ' ' || data_type from information_schema.columns"
                + " where table_schema = 'holovitals' and table_name = '" + table
                + "' and is_nullable = 'NO' and column_default is null");
        return "insert into " + table + " ("
                + columns.stream().map(column -> column.split(" ", 2)[0]).collect(Collectors.joining(", "))
                + ") values ("
                + columns.stream()
                        .map(column -> value(column, fhirId, repository, resource))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static String value(String column, String fhirId, String repository, int resource) {
        return switch (column.split(" ", 2)[0]) {
            case "repository_id" -> repository;
            case "res_id" -> String.valueOf(resource);
            case "fhir_id" -> fhirId;
            case "resource_type" -> "'MedicationRequest'";
            default ->
                switch (column.split(" ", 2)[1]) {
                    case "uuid" -> "gen_random_uuid()";
                    case "jsonb" -> "'{}'";
                    case "timestamp with time zone" -> "now()";
                    default -> "1";
                };
        };
    }

    private static String repository(String id) {
        return "select r.id from holovitals.patient_repositories r join holovitals.patients p on p.id = r.patient_id"
                + " where p.fhir_id = '" + id + "'";
    }

    private static String ofPatient(String table, String id) {
        return switch (table) {
            case "patients" -> "fhir_id = '" + id + "'";
            case "patient_repositories" -> "id in (" + repository(id) + ")";
            default -> "repository_id in (" + repository(id) + ")";
        };
    }

    /** As the application would have to ask, which cannot look the repository up. */
    private static String ofPatientByKey(String table, String id) throws SQLException {
        return database.query("select id::text from holovitals." + table + " where " + ofPatient(table, id)).stream()
                .map(key -> "id = '" + key + "'")
                .collect(Collectors.joining(" or "));
    }
}
