package org.holovitals.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Starts that are not the usual one; each migrates a database of its own. */
final class StartTest {
    @Test
    void aLoginWithoutPrivilegesMigratesOnceAnAdministratorDidAsTold() throws SQLException {
        TestServer.migrated().close();
        String user = "l_" + UUID.randomUUID().toString().substring(0, 8);
        try (TestDatabase database = TestServer.empty()) {
            database.execute("create role " + user + " login password 'secret'");
            Migrations migrations = new Migrations(new Login(database.url(), user, "secret"));

            DatabaseNotPrepared refusal = catchThrowableOfType(DatabaseNotPrepared.class, migrations::migrate);
            for (String sql : statements(refusal)) {
                database.execute(sql);
            }

            int all = migrations.info().size();
            // Two servers that start at once: one works, the other waits and finds nothing to do.
            CompletableFuture<Integer> other = CompletableFuture.supplyAsync(migrations::migrate);
            assertThat(List.of(migrations.migrate(), other.join())).containsExactlyInAnyOrder(0, all);
            try (Connection login = DriverManager.getConnection(database.url(), user, "secret")) {
                assertThat(SchemaDoctor.check(login)).isEmpty();
            }
        } finally {
            TestServer.get().maintain("drop role " + user);
        }
    }

    /** All but the roles, which the server has already. */
    private static List<String> statements(DatabaseNotPrepared refusal) {
        return String.valueOf(refusal.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> line.matches("(grant|create schema) .*;"))
                .toList();
    }

    @Test
    void aHalfMadeSchemaIsMadeAnewButUnknownTablesAreNotTouched() throws SQLException {
        try (TestDatabase database = TestServer.empty()) {
            int all = database.migrations().info().size();
            assertThat(database.migrations().info()).noneMatch(Migrations.Step::applied);
            try (Connection login = database.login()) {
                new Roles(login).ensure();
            }
            database.asOwner("create table fhir.hfj_resource (res_id bigint primary key)");

            assertThatThrownBy(() -> database.migrations().migrate())
                    .rootCause()
                    .hasMessageContaining("hfj_resource")
                    .hasMessageContaining("no history of HAPI's migrator");

            // What HAPI's migrator leaves when it is killed: its history with the lock and a few tables.
            database.asOwner("""
                    create table fhir."FLY_HFJ_MIGRATION" ("installed_rank" integer not null, "version" varchar(50),
                      "description" varchar(200) not null, "type" varchar(20) not null, "script" varchar(1000) not null,
                      "checksum" integer, "installed_by" varchar(100) not null, "installed_on" date not null,
                      "execution_time" integer not null, "success" boolean not null, "result" varchar(100));
                    insert into fhir."FLY_HFJ_MIGRATION"
                    values (-100, null, 'lock', 'hapi-fhir-lock', '', null, '', now(), 0, true, null);
                    create sequence fhir.seq_resource_id
                    """);

            assertThat(database.migrations().migrate()).isEqualTo(all - 1);
            assertThat(database.migrations().info()).hasSize(all).allMatch(Migrations.Step::applied);
            try (Connection login = database.login()) {
                assertThat(SchemaDoctor.check(login)).isEmpty();
            }
        }
    }

    @Test
    void theLockOfAKilledMigratorDoesNotStopTheNext() throws SQLException {
        try (TestDatabase database = TestServer.migrated()) {
            database.asOwner("insert into fhir.\"FLY_HFJ_MIGRATION\""
                    + " select -100, null, 'lock', 'hapi-fhir-lock', '', null, '', now(), 0, true, null");

            new HapiTables(database.dataSource()).migrate();

            assertThat(database.query("select description from fhir.\"FLY_HFJ_MIGRATION\" where installed_rank = -100"))
                    .isEmpty();
        }
    }
}
