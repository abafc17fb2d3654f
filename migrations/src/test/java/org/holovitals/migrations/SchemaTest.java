package org.holovitals.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class SchemaTest {
    @SuppressWarnings("NullAway.Init")
    private static TestDatabase database;

    @BeforeAll
    static void migrate() throws Exception {
        database = new TestDatabase();
        new Migrations(database.login()).migrate();
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    @Test
    void aSecondMigrationFindsNothingToDo() {
        assertThat(new Migrations(database.login()).migrate()).isZero();
        assertThat(new Migrations(database.login()).info())
                .extracting(Migrations.Step::state)
                .containsOnly("Success");
    }

    @Test
    void hapisTablesStandInTheirSchema() throws SQLException {
        assertThat(list("select table_name from information_schema.tables where table_schema = 'fhir'"))
                .hasSizeGreaterThan(50)
                .contains("hfj_resource", "hfj_res_ver", "hfj_res_link", "bt2_job_instance", "FLY_HFJ_MIGRATION");
    }

    @Test
    void everyTableHasAPrimaryKeyAndAComment() throws SQLException {
        assertThat(list("""
                        select c.relname from pg_class c
                        where c.relnamespace = 'holovitals'::regnamespace and c.relkind in ('r', 'p')
                          and c.relname <> 'schema_history'
                          and (obj_description(c.oid) is null
                            or not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p'))
                        """)).isEmpty();
    }

    @Test
    void everyForeignKeyIsTheStartOfAnIndex() throws SQLException {
        assertThat(list("""
                        select k.conrelid::regclass || ' ' || k.conname from pg_constraint k
                        where k.contype = 'f' and k.connamespace = 'holovitals'::regnamespace
                          and not exists (
                            select from pg_index i
                            where i.indrelid = k.conrelid
                              and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] = k.conkey)
                        """)).isEmpty();
    }

    @Test
    void timesHaveAZoneAndNumbersAreExact() throws SQLException {
        assertThat(list("""
                        select table_name || '.' || column_name from information_schema.columns
                        where table_schema = 'holovitals' and table_name <> 'schema_history'
                          and data_type in ('timestamp without time zone', 'real', 'double precision', 'money')
                        """)).isEmpty();
    }

    /** patient_resources holds types whose status codes differ. */
    @Test
    void everyStatusHasACheck() throws SQLException {
        assertThat(list("""
                        select c.table_name || '.' || c.column_name from information_schema.columns c
                        where c.table_schema = 'holovitals' and (c.column_name = 'status' or c.column_name like '%_status')
                          and c.table_name <> 'patient_resources'
                          and not exists (
                            select from pg_constraint k
                            where k.contype = 'c' and k.conrelid = ('holovitals.' || c.table_name)::regclass
                              and pg_get_constraintdef(k.oid) like '%' || c.column_name || ' = ANY%')
                        """)).isEmpty();
    }

    @Test
    void theApplicationMayChangeRowsButNotTables() throws SQLException {
        try (Connection connection = database.connect()) {
            connection.createStatement().execute("set role " + Roles.APPLICATION);
            connection.createStatement().execute("delete from fhir.hfj_resource");
            connection.createStatement().execute("delete from holovitals.patients");
            assertThatThrownBy(() -> connection.createStatement().execute("drop table holovitals.patients"))
                    .hasMessageContaining("owner");
            assertThatThrownBy(() -> connection.createStatement().execute("create table holovitals.x (id int)"))
                    .hasMessageContaining("permission denied");
        }
    }

    private static List<String> list(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.connect();
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
