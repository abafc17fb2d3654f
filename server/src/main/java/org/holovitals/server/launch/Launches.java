package org.holovitals.server.launch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.access.Caller;
import org.holovitals.server.base.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code launches}: launches wait in it to be opened once. */
final class Launches {
    private final JdbcClient jdbc;
    private final Ids ids;

    Launches(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /** A launch that may still be opened, with the id of its row. */
    record Waiting(UUID id, Launch launch) {}

    void add(Handle handle, Launch launch, Caller maker, Instant now, Instant expires) {
        jdbc.sql("""
                        insert into holovitals.launches (id, handle_hash, client_id, user_subject, user_name,
                          patient_fhir_id, encounter_fhir_id, intent, need_patient_banner, smart_style_url, made_by,
                          made_with, expires_at, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        ids.next(),
                        handle.hash(),
                        launch.client(),
                        launch.reader().subject(),
                        launch.reader().name(),
                        launch.patient(),
                        launch.encounter(),
                        launch.intent(),
                        launch.needPatientBanner(),
                        launch.smartStyleUrl(),
                        maker.subject(),
                        maker.client(),
                        at(expires),
                        at(now))
                .update();
    }

    /** The launch of this handle, unless it is another app's, used or too old. */
    Optional<Waiting> waiting(Handle handle, String client, Instant now) {
        return jdbc.sql("""
                        select * from holovitals.launches
                        where handle_hash = ? and client_id = ? and used_at is null and expires_at > ?
                        """)
                .params(handle.hash(), client, at(now))
                .query((row, number) -> new Waiting(row.getObject("id", UUID.class), launch(row)))
                .optional();
    }

    /** Marks a waiting launch as used; false when another call has been quicker. */
    boolean use(UUID id, Instant now) {
        return jdbc.sql("update holovitals.launches set used_at = ? where id = ? and used_at is null")
                        .params(at(now), id)
                        .update()
                == 1;
    }

    void forgetExpiredBefore(Instant time) {
        jdbc.sql("delete from holovitals.launches where expires_at < ?")
                .param(at(time))
                .update();
    }

    private static Launch launch(ResultSet row) throws SQLException {
        return new Launch(
                row.getString("client_id"),
                new Launch.Reader(row.getString("user_subject"), row.getString("user_name")),
                row.getString("patient_fhir_id"),
                row.getString("encounter_fhir_id"),
                row.getString("intent"),
                row.getBoolean("need_patient_banner"),
                row.getString("smart_style_url"));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
