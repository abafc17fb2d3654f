package org.holovitals.server.intake;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code imports}. A change of state names the one that it leaves, and returns whether it happened. */
final class Imports {
    private static final String SELECT = """
            select i.id, i.patient_id, p.fhir_id, i.kind, i.sha256, i.bytes, i.status, i.name, i.report, i.expires_at, i.created_at
            from holovitals.imports i join holovitals.patient_keys p on p.id = i.patient_id
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Imports(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param user null for an operator */
    void add(Import made, @Nullable UUID user) {
        jdbc.sql("""
                        insert into holovitals.imports
                          (id, user_id, patient_id, kind, sha256, bytes, status, name, report, expires_at, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(Arrays.asList(
                        made.id(),
                        user,
                        made.record(),
                        made.kind().text(),
                        made.sha256(),
                        made.bytes(),
                        made.status().text(),
                        made.name(),
                        made.report(),
                        time(made.expiresAt()),
                        time(made.createdAt())))
                .update();
    }

    Optional<Import> find(UUID id) {
        return jdbc.sql(SELECT + "where i.id = ?")
                .param(id)
                .query(Imports::read)
                .optional();
    }

    /** The same; nobody else changes it, or its entries by way of it, until the transaction ends. */
    Optional<Import> lock(UUID id) {
        return jdbc.sql("select id from holovitals.imports where id = ? for update")
                .param(id)
                .query(UUID.class)
                .optional()
                .flatMap(this::find);
    }

    /** Those of a record, the newest first. */
    List<Import> list(String patient, UUID before, int count) {
        return jdbc.sql(SELECT + "where p.fhir_id = ? and i.id < ? order by i.id desc limit ?")
                .params(patient, before, count)
                .query(Imports::read)
                .list();
    }

    /** How many of a record wait for an answer. */
    int open(UUID record) {
        return jdbc.sql("""
                        select count(*) from holovitals.imports
                        where patient_id = ? and status in ('needs_confirmation', 'preview') and expires_at > ?
                        """).params(record, now()).query(Integer.class).single();
    }

    /** Says what was found in a file, in the transaction in which its row was made. */
    boolean looked(UUID id, Status status, String report) {
        return jdbc.sql("""
                        update holovitals.imports set status = ?, report = ? where id = ? and status = 'preview'
                        """).params(status.text(), report, id).update() == 1;
    }

    boolean confirm(UUID id) {
        return jdbc.sql("""
                        update holovitals.imports set status = 'preview'
                        where id = ? and status = 'needs_confirmation' and expires_at > ?
                        """).params(id, now()).update() == 1;
    }

    boolean beginCommit(UUID id) {
        return jdbc.sql("""
                        update holovitals.imports set status = 'committing'
                        where id = ? and status = 'preview' and expires_at > ?
                        """).params(id, now()).update() == 1;
    }

    boolean endCommit(UUID id) {
        return jdbc.sql("""
                        update holovitals.imports set status = 'committed', committed_at = ?
                        where id = ? and status = 'committing'
                        """).params(now(), id).update() == 1;
    }

    boolean beginUndo(UUID id) {
        return jdbc.sql("update holovitals.imports set status = 'undoing' where id = ? and status = 'committed'")
                        .param(id)
                        .update()
                == 1;
    }

    boolean endUndo(UUID id) {
        return jdbc.sql("""
                        update holovitals.imports set status = 'undone', undone_at = ?
                        where id = ? and status = 'undoing'
                        """).params(now(), id).update() == 1;
    }

    /** Drops a file of which nothing is wanted. */
    boolean withdraw(UUID id) {
        return jdbc.sql("""
                        with over as (
                          update holovitals.imports set status = 'expired', name = null, report = null
                          where id = ? and status in ('needs_confirmation', 'preview') returning id
                        ), dropped as (
                          delete from holovitals.import_entries where import_id in (select id from over)
                        )
                        select count(*) from over
                        """).param(id).query(Integer.class).single() == 1;
    }

    /** Drops what nobody has answered; returns how many there were. */
    int expire() {
        return jdbc.sql("""
                        with over as (
                          update holovitals.imports set status = 'expired', name = null, report = null
                          where status in ('needs_confirmation', 'preview') and expires_at <= ? returning id
                        ), dropped as (
                          delete from holovitals.import_entries where import_id in (select id from over)
                        )
                        select count(*) from over
                        """).param(now()).query(Integer.class).single();
    }

    private static Import read(ResultSet row, int number) throws SQLException {
        return new Import(
                row.getObject("id", UUID.class),
                row.getObject("patient_id", UUID.class),
                row.getString("fhir_id"),
                Kind.of(row.getString("kind")),
                row.getString("sha256"),
                row.getLong("bytes"),
                Status.of(row.getString("status")),
                row.getString("name"),
                row.getString("report"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private OffsetDateTime now() {
        return time(clock.instant());
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
