package org.holovitals.server.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.holovitals.migrations.Login;
import org.holovitals.migrations.Migrations;

/** One server with a migrated, filled database, and as many migrated, empty ones beside it as are asked for. */
final class BackupFixture implements AutoCloseable {
    /** What the schema may grow and a backup must cope with: partitions, a circle of keys, a trigger, a generated column. */
    private static final String PECULIARITIES = """
            SET ROLE holovitals_owner;
            SET search_path = holovitals;
            CREATE TABLE events (id int, at timestamptz, note text, length int GENERATED ALWAYS AS (char_length(note)) STORED,
                PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
            CREATE TABLE events_past PARTITION OF events FOR VALUES FROM (MINVALUE) TO ('2026-01-01Z');
            CREATE TABLE events_rest PARTITION OF events DEFAULT;
            CREATE TABLE chicken (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, egg int NOT NULL);
            CREATE TABLE egg (id int PRIMARY KEY, chicken int NOT NULL REFERENCES chicken);
            ALTER TABLE chicken ADD CONSTRAINT "hatched from" FOREIGN KEY (egg) REFERENCES egg DEFERRABLE INITIALLY DEFERRED;
            CREATE TABLE "Odd Name" ("Odd Column" text, "select" numeric);
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'append only'; END $$;
            """;

    private static final String ROWS = """
            SET ROLE holovitals_application;
            SET search_path = fhir, holovitals;
            INSERT INTO hfj_resource (res_id, has_tags, res_published, res_updated, sp_has_links, sp_coords_present,
                sp_date_present, sp_number_present, sp_quantity_nrml_present, sp_quantity_present, sp_string_present,
                sp_token_present, sp_uri_present, res_type, res_ver, fhir_id)
            SELECT nextval('seq_resource_id'), false, '2024-02-29 23:59:59.999999', now(), false, false, false, false, false, false,
                true, true, false, 'Patient', 1, 'p' || i FROM generate_series(1, 500) AS i;
            INSERT INTO hfj_res_ver (pid, has_tags, res_published, res_updated, res_encoding, res_id, res_text_vc, res_type, res_ver)
            SELECT nextval('seq_resource_history_id'), false, now(), now(), 'JSON', res_id,
                E'{"tab":"\\t","line":"\\n","back":"\\\\","null":"\\\\N","quote":"\\"","é":"日本 🩺"}' || repeat('x', 5000), 'Patient', 1
            FROM hfj_resource;
            INSERT INTO hfj_binary_storage_blob (blob_id, blob_data, content_type, published_date, resource_id, blob_size, storage_content_bin)
            SELECT 'b' || i, lo_from_bytea(0, decode(repeat(md5(i::text), 5000 * i), 'hex')), 'application/pdf', now(), 'Binary/' || i,
                80000 * i, '\\x00ff0a5c'::bytea FROM generate_series(0, 3) AS i;
            INSERT INTO hfj_binary_storage_blob (blob_id, blob_data, content_type, published_date, resource_id, blob_size)
            VALUES ('dangling', 999999999, 'text/plain', now(), 'Binary/9', 0);
            SET holovitals.everything = 'on';
            INSERT INTO users (id, subject, email, roles, created_at, updated_at)
            SELECT gen_random_uuid(), 's' || i, i || '@example.org', ARRAY['patient', 'a "quoted", role', NULL], 'infinity', now()
            FROM generate_series(1, 50) AS i;
            INSERT INTO patients (id, first_name, last_name, fhir_id, fhir_version, res_id, last_updated, created_at)
            SELECT gen_random_uuid(), NULL, '', fhir_id, 1, res_id, now(), '0044-03-15 BC' FROM hfj_resource;
            INSERT INTO patient_repositories (id, patient_id, encrypted_personal_info, created_at, updated_at)
            SELECT gen_random_uuid(), id, '\\x0001'::bytea, now(), now() FROM patients;
            INSERT INTO events SELECT i, '2025-12-01Z'::timestamptz + i * interval '1 day', 'note ' || i FROM generate_series(1, 60) AS i;
            INSERT INTO "Odd Name" VALUES (E'\\\\.', 7.0), ('\\N', 'NaN'), (NULL, 1e-30);
            RESET ROLE;
            BEGIN;
            INSERT INTO chicken (egg) VALUES (1), (2);
            INSERT INTO egg VALUES (1, 2), (2, 1);
            COMMIT;
            """;

    /** Tables as Keycloak makes them: names, kinds of columns, keys and indexes that its own have. */
    static final String KEYCLOAK = """
            CREATE SCHEMA keycloak;
            SET search_path = keycloak;
            CREATE TABLE databasechangelog (id varchar(255) NOT NULL, dateexecuted timestamp NOT NULL, orderexecuted integer NOT NULL);
            CREATE TABLE user_entity (id varchar(36) NOT NULL, email varchar(255), enabled boolean DEFAULT false NOT NULL,
                realm_id varchar(255), created_timestamp bigint, username varchar(255), not_before integer DEFAULT 0 NOT NULL);
            ALTER TABLE user_entity ADD CONSTRAINT constraint_fb PRIMARY KEY (id);
            ALTER TABLE user_entity ADD CONSTRAINT uk_ru8tt6t700s9v50bu18ws5ha6 UNIQUE (realm_id, username);
            CREATE INDEX idx_user_email ON user_entity (email);
            CREATE INDEX user_lower ON user_entity (lower(username)) WHERE enabled;
            CREATE TABLE credential (id varchar(36) PRIMARY KEY, salt bytea, user_id varchar(36), credential_data text,
                priority integer, version integer DEFAULT 0, kind varchar(10) DEFAULT 'password' CHECK (kind <> ''),
                CONSTRAINT fk_credential_user FOREIGN KEY (user_id) REFERENCES user_entity(id));
            CREATE SEQUENCE changes START 7;
            INSERT INTO user_entity (id, email, enabled, realm_id, username)
            SELECT 'u' || i, i || '@example.org', i % 2 = 0, 'r', 'User ' || i FROM generate_series(1, 40) AS i;
            INSERT INTO credential SELECT 'c' || i, '\\x00ff0a5c', 'u' || i, E'{"hash":"\\\\t"}', 10 FROM generate_series(1, 40) AS i;
            INSERT INTO databasechangelog VALUES ('1.0.0', '2026-11-25 10:00:00', 1);
            SELECT nextval('changes');
            """;

    private static final String TRIGGER =
            "CREATE TRIGGER append_only BEFORE INSERT OR UPDATE OR DELETE ON holovitals.egg EXECUTE FUNCTION holovitals.refuse()";

    private final EmbeddedDatabase server;
    private final Login superuser;
    private int databases;

    BackupFixture(Path directory) throws SQLException {
        server = EmbeddedDatabase.open(directory, false);
        superuser = new Login(
                server.login().url().replaceFirst("/holovitals$", "/postgres"),
                "postgres",
                Queries.superuserPassword(directory));
        new Migrations(server.login()).migrate();
        Queries.execute(server.login(), PECULIARITIES);
        Queries.execute(superuser, "CREATE DATABASE pristine TEMPLATE holovitals OWNER holovitals");
        Queries.execute(server.login(), ROWS);
        Queries.execute(server.login(), TRIGGER);
        Queries.execute(server.login(), KEYCLOAK);
    }

    Login source() {
        return server.login();
    }

    /** Migrated and empty. */
    Login anotherDatabase() throws SQLException {
        String name = "target" + ++databases;
        Queries.execute(superuser, "CREATE DATABASE " + name + " TEMPLATE pristine OWNER holovitals");
        Login login = new Login(
                source().url().replaceFirst("/holovitals$", "/" + name), source().user(), source().password());
        Queries.execute(login, TRIGGER);
        return login;
    }

    /** For each table its rows, hashed in an order of their own; and all keys, triggers, sequences and large objects. */
    static Map<String, String> fingerprint(Login login) throws SQLException {
        Map<String, String> hashes = new LinkedHashMap<>();
        try (Connection connection = Sessions.open(login)) {
            Catalog catalog = new Catalog(connection);
            for (Catalog.Table table : catalog.tables()) {
                hashes.put(
                        table.name(),
                        catalog.text(
                                "SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '')"
                                        + " FROM " + table.name() + " AS t"));
            }
            hashes.put("sequences", catalog.sequences().toString());
            hashes.put("keys", catalog.foreignKeys().toString());
            hashes.put("triggers", catalog.tablesWithTriggers().toString());
            Sessions.become(connection, Sessions.APPLICATION);
            hashes.put(
                    "objects",
                    catalog.text(
                            "SELECT coalesce(string_agg(blob_id || ' ' || length(lo_get(blob_data)) || md5(lo_get(blob_data)), ','"
                                    + " ORDER BY blob_id), '') FROM fhir.hfj_binary_storage_blob WHERE blob_id <> 'dangling'"));
            return hashes;
        }
    }

    /** How Keycloak's tables are made, and for each table the number and hash of its rows. */
    static Map<String, String> accounts(Login login) throws SQLException {
        Map<String, String> content = new LinkedHashMap<>();
        try (Connection connection = Sessions.openForCopy(login)) {
            KeycloakSchema keycloak = new KeycloakSchema(connection);
            Catalog catalog = new Catalog(connection, KeycloakSchema.NAME);
            for (Catalog.Table table : keycloak.tables()) {
                content.put(table.name(), catalog.text("SELECT count(*) FROM " + table.name()));
                content.put(
                        table.name() + " rows",
                        catalog.text(
                                "SELECT coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') FROM "
                                        + table.name() + " AS t"));
            }
            content.put("definitions", keycloak.definitions().toString());
            content.put("keys", keycloak.keys().toString());
            content.put("sequences", keycloak.sequences().toString());
            return content;
        }
    }

    static long objects(Login login) throws SQLException {
        return Long.parseLong(Queries.text(login, "SELECT count(*) FROM pg_largeobject_metadata"));
    }

    @Override
    public void close() {
        server.close();
    }
}
