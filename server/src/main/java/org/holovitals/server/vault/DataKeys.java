package org.holovitals.server.vault;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
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

    Optional<WrappedKey> ofPatient(UUID patient) {
        return jdbc.sql(
                        "select id, patient_id, wrapped_key, master_key_id from holovitals.data_keys where patient_id = ?")
                .param(patient)
                .query((row, number) -> key(row))
                .optional();
    }

    /** Adds a key of a patient who is there and has none; of two who do it at once one waits for the other's. */
    void add(WrappedKey key) {
        jdbc.sql("""
                        insert into holovitals.data_keys
                          (id, patient_id, patient_fhir_id, wrapped_key, master_key_id, created_at)
                        select ?, id, fhir_id, ?, ?, ? from holovitals.patient_keys where id = ?
                        on conflict (patient_id) do nothing
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
                .params(masterKeyId, after == null ? new UUID(0, 0) : after, limit)
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
