package org.holovitals.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class MigrationsTest {
    @AutoClose
    private static TestDatabase database;

    @BeforeAll
    static void migrate() throws SQLException {
        database = TestServer.migrated();
    }

    @Test
    void aSecondRunDoesNothing() throws SQLException {
        List<String> before = database.query("select version from holovitals.flyway_schema_history order by 1");

        assertThat(database.migrations().migrate()).isZero();
        assertThat(database.query("select version from holovitals.flyway_schema_history order by 1"))
                .isEqualTo(before);
    }

    @Test
    void hapiMakesItsOwnTables() throws SQLException {
        assertThat(
                        database.query(
                                "select relname from pg_class where relnamespace = 'fhir'::regnamespace and relkind = 'r' and relname <> 'FLY_HFJ_MIGRATION'"))
                .hasSize(58)
                .contains("hfj_resource", "hfj_res_ver", "bt2_job_instance", "mpi_link");
    }
}
