package org.holovitals.server.vault;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code data_keys}. */
final class DataKeys {
    private final JdbcClient jdbc;
    private final Clock clock;

    DataKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Optional<WrappedKey> ofId(UUID id) {
        return jdbc.sql("select id, patient_id, wrapped_key, master_key_id from holovitals.data_keys where id = ?")
                .param(id)
                .query((row, number) -> key(row))
                .optional();
    }

    /** The current key. */
    Optional<WrappedKey> ofPatient(UUID patient) {
        return jdbc.sql("""
                        select id, patient_id, wrapped_key, master_key_id from holovitals.data_keys
                        where patient_id = ? and retired_at is null
                        """).param(patient).query((row, number) -> key(row)).optional();
    }

    /** Adds a key of a patient who is there and has none; of two who do it at once one waits for the other's. */
    void add(WrappedKey key) {
        jdbc.sql("""
                        insert into holovitals.data_keys
                          (id, patient_id, patient_fhir_id, wrapped_key, master_key_id, created_at)
                        select ?, id, fhir_id, ?, ?, ? from holovitals.patient_keys where id = ?
                        on conflict (patient_id) where retired_at is null do nothing
                        """)
                .params(
                        key.id(),
                        key.bytes().orElseThrow(),
                        key.masterKeyId(),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        key.patient())
                .update();
    }

    /** Some that another than this master key wraps, in the order of their ids. */
    List<WrappedKey> notWrappedBy(String masterKeyId, @Nullable UUID after, int limit) {
        return jdbc.sql("""
                        select id, patient_id, wrapped_key, master_key_id from holovitals.data_keys
                        where shredded_at is null and master_key_id <> ? and id > ? order by id limit ?
                        """)
                .params(masterKeyId, after == null ? Ids.LEAST : after, limit)
                .query((row, number) -> key(row))
                .list();
    }

    /** From one master key to another; false when it was wrapped anew or shredded meanwhile. */
    boolean rewrap(UUID id, String from, String to, byte[] bytes) {
        return jdbc.sql("""
                        update holovitals.data_keys set wrapped_key = ?, master_key_id = ?
                        where id = ? and master_key_id = ? and shredded_at is null
                        """).params(bytes, to, id, from).update() == 1;
    }

    /** Some current keys that were made before a time, in the order of their ids. */
    List<WrappedKey> current(Instant before, UUID after, int limit) {
        return jdbc.sql("""
                        select id, patient_id, wrapped_key, master_key_id from holovitals.data_keys
                        where retired_at is null and shredded_at is null and created_at < ? and id > ? order by id limit ?
                        """)
                .params(before.atOffset(ZoneOffset.UTC), after, limit)
                .query((row, number) -> key(row))
                .list();
    }

    /** The current key of a patient by the FHIR id. */
    Optional<WrappedKey> currentOf(String patientFhirId) {
        return jdbc.sql("""
                        select id, patient_id, wrapped_key, master_key_id from holovitals.data_keys
                        where patient_fhir_id = ? and retired_at is null and shredded_at is null
                        """)
                .param(patientFhirId)
                .query((row, number) -> key(row))
                .optional();
    }

    /** From current to former; false when it was so, or shredded, meanwhile. */
    boolean retire(UUID id) {
        return jdbc.sql("""
                        update holovitals.data_keys set retired_at = ?
                        where id = ? and retired_at is null and shredded_at is null
                        """)
                        .params(clock.instant().atOffset(ZoneOffset.UTC), id)
                        .update()
                == 1;
    }

    /** Adds the key that follows one which was retired in the same transaction. */
    void follow(UUID retired, WrappedKey key) {
        jdbc.sql("""
                        insert into holovitals.data_keys
                          (id, patient_id, patient_fhir_id, wrapped_key, master_key_id, created_at)
                        select ?, patient_id, patient_fhir_id, ?, ?, ? from holovitals.data_keys where id = ?
                        """)
                .params(
                        key.id(),
                        key.bytes().orElseThrow(),
                        key.masterKeyId(),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        retired)
                .update();
    }

    /** Former keys that are there still, in the order of their ids. */
    List<WrappedKey> former() {
        return jdbc.sql("""
                        select id, patient_id, wrapped_key, master_key_id from holovitals.data_keys
                        where retired_at is not null and shredded_at is null order by id
                        """).query((row, number) -> key(row)).list();
    }

    /** Destroys a former key; false when it was destroyed already. */
    boolean shredFormer(UUID id) {
        return jdbc.sql("""
                        update holovitals.data_keys set wrapped_key = null, shredded_at = ?
                        where id = ? and retired_at is not null and shredded_at is null
                        """)
                        .params(clock.instant().atOffset(ZoneOffset.UTC), id)
                        .update()
                == 1;
    }

    /** The number that the next transaction has; all that write now have smaller ones. */
    long nextTransaction() {
        return jdbc.sql("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
                .query(Long.class)
                .single();
    }

    /** Whether all transactions with smaller numbers have ended. */
    boolean haveEnded(long transaction) {
        return jdbc.sql("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= ?")
                .param(transaction)
                .query(Boolean.class)
                .single();
    }

    /** Destroys what is left of a patient's keys, and returns how many that were. */
    int shred(String patientFhirId) {
        return jdbc.sql("""
                        update holovitals.data_keys set wrapped_key = null, shredded_at = ?
                        where patient_fhir_id = ? and shredded_at is null
                        """)
                .params(clock.instant().atOffset(ZoneOffset.UTC), patientFhirId)
                .update();
    }

    /** How many keys each master key wraps. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        jdbc.sql("""
                        select master_key_id, count(*) as keys from holovitals.data_keys
                        where shredded_at is null group by master_key_id
                        """).query(row -> {
            counts.put(row.getString("master_key_id"), row.getLong("keys"));
        });
        return counts;
    }

    long shredded() {
        return jdbc.sql("select count(*) from holovitals.data_keys where shredded_at is not null")
                .query(Long.class)
                .single();
    }

    private static WrappedKey key(ResultSet row) throws SQLException {
        return new WrappedKey(
                row.getObject("id", UUID.class),
                row.getObject("patient_id", UUID.class),
                row.getBytes("wrapped_key"),
                row.getString("master_key_id"));
    }
}
