package org.holovitals.server.exporting;

import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.holovitals.server.stored.StoredResource;
import org.holovitals.server.stored.StoredRow;
import org.jspecify.annotations.Nullable;

/** One moment of HAPI's tables, however long the reading takes; a statement keeps few rows in memory. */
final class Snapshot implements AutoCloseable {
    private static final int FETCH = 200;

    /** HAPI takes a resource's time from its own clock, and before its transaction begins. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private static final String CURRENT = "select " + StoredRow.CURRENT + """
             from fhir.hfj_resource r
            join fhir.hfj_res_ver v on v.res_id = r.res_id and v.res_ver = r.res_ver
            where r.res_type = ? and r.res_deleted_at is null
            """;

    /** With the content of the version before the deletion, which itself has none; with nothing once that is expunged. */
    private static final String DELETED = """
            select r.res_type, r.fhir_id, r.res_ver, r.res_updated at time zone 'UTC' as updated, v.source_uri,
              coalesce(v.res_encoding, 'JSON') as res_encoding, coalesce(v.res_text_vc, '{}') as res_text_vc
            from fhir.hfj_resource r
            left join fhir.hfj_res_ver v on v.res_id = r.res_id and v.res_ver = r.res_ver - 1
            where r.res_type = ? and r.res_deleted_at >= (?::timestamptz at time zone 'UTC')
            """;

    /** What was stored first is referred to by what came later: the order of an import. */
    private static final String ORDER = " order by r.res_id";

    private final Connection connection;
    private final Instant instant;

    private Snapshot(Connection connection, Instant instant) {
        this.connection = connection;
        this.instant = instant;
    }

    static Snapshot open(DataSource dataSource) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            connection.setAutoCommit(false);
            Instant instant = oldestWriter(connection).minus(MARGIN);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement statement = connection.createStatement()) {
                // A type with millions of resources takes longer than any request may.
                statement.execute("set local statement_timeout = 0");
            }
            return new Snapshot(connection, instant);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * When the oldest of the running transactions began, or now. What it writes has times after that but is not in
     * this snapshot; the next export must not begin later.
     */
    private static Instant oldestWriter(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Only the login itself sees when its sessions began; the rollback makes it the application again.
            statement.execute("set local role none");
            try (ResultSet oldest = statement.executeQuery("""
                    select least(current_timestamp, min(xact_start)) from pg_stat_activity
                    where datname = current_database()
                    """)) {
                oldest.next();
                return oldest.getObject(1, OffsetDateTime.class).toInstant();
            }
        } finally {
            connection.rollback();
        }
    }

    /** Every change before it is in the snapshot. */
    Instant instant() {
        return instant;
    }

    /** Takes resources one by one. */
    interface Sink {
        void take(StoredResource resource) throws IOException;
    }

    List<String> types() throws SQLException {
        return types("select distinct res_type from fhir.hfj_resource where res_deleted_at is null order by 1");
    }

    private List<String> types(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> types = new ArrayList<>();
            while (rows.next()) {
                types.add(rows.getString(1));
            }
            return types;
        }
    }

    /** The types of which something is deleted. */
    List<String> deletedTypes() throws SQLException {
        return types("select distinct res_type from fhir.hfj_resource where res_deleted_at is not null order by 1");
    }

    /**
     * Rows of HAPI's resource table.
     *
     * @param rows null for all of them
     */
    record Among(@Nullable List<Long> rows) {
        private static final String SQL = " and r.res_id = any(?)";

        String sql() {
            return rows == null ? "" : SQL;
        }
    }

    /** The resources of a type, of whomever, that changed in a selection's time. */
    void read(String type, Selection selection, Sink sink) throws SQLException, IOException {
        Among among = new Among(selection.among().get(type));
        String sql = CURRENT
                + (selection.since() == null ? "" : " and r.res_updated >= (?::timestamptz at time zone 'UTC')")
                + (selection.until() == null ? "" : " and r.res_updated <= (?::timestamptz at time zone 'UTC')")
                + among.sql()
                + ORDER;
        try (PreparedStatement query = prepare(sql, type)) {
            int next = 2;
            next = bind(query, next, selection.since());
            next = bind(query, next, selection.until());
            bind(query, next, among);
            drain(query, sink);
        }
    }

    /** The resources of a type, whenever they changed. */
    void readAll(String type, Among among, Sink sink) throws SQLException, IOException {
        try (PreparedStatement query = prepare(CURRENT + among.sql() + ORDER, type)) {
            bind(query, 2, among);
            drain(query, sink);
        }
    }

    /** The resources of a type that refer by any of some paths to any patient. */
    void readOfAllPatients(String type, Set<String> paths, Among among, Sink sink) throws SQLException, IOException {
        String ofPatients = """
                 and r.res_id in (
                    select l.src_resource_id from fhir.hfj_res_link l
                    where l.src_path = any(?) and l.target_resource_type = 'Patient' and l.target_resource_id is not null)
                """;
        try (PreparedStatement query = prepare(CURRENT + ofPatients + among.sql() + ORDER, type)) {
            query.setArray(2, texts(paths));
            bind(query, 3, among);
            drain(query, sink);
        }
    }

    /** The resources of a type that refer by any of some paths to any of some patients. */
    void readOfPatients(String type, Set<String> paths, Set<String> patients, Among among, Sink sink)
            throws SQLException, IOException {
        String ofPatients = """
                 and r.res_id in (
                    select l.src_resource_id from fhir.hfj_res_link l
                    join fhir.hfj_resource p on p.res_id = l.target_resource_id
                    where l.src_path = any(?) and p.res_type = 'Patient' and p.fhir_id = any(?))
                """;
        try (PreparedStatement query = prepare(CURRENT + ofPatients + among.sql() + ORDER, type)) {
            query.setArray(2, texts(paths));
            query.setArray(3, texts(patients));
            bind(query, 4, among);
            drain(query, sink);
        }
    }

    /** Those of some ids that are of current resources. */
    Set<String> idsAmong(String type, Collection<String> ids) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                select fhir_id from fhir.hfj_resource
                where res_type = ? and fhir_id = any(?) and res_deleted_at is null
                """)) {
            query.setString(1, type);
            query.setArray(2, texts(ids));
            Set<String> found = new HashSet<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }

    private Array texts(Collection<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    /** The resources of a type with some ids that refer by none of some paths to a patient. */
    void readShared(String type, Set<String> paths, Collection<String> ids, Among among, Sink sink)
            throws SQLException, IOException {
        String shared = """
                 and r.fhir_id = any(?) and not exists (
                    select from fhir.hfj_res_link l
                    where l.src_resource_id = r.res_id and l.src_path = any(?) and l.target_resource_type = 'Patient')
                """;
        try (PreparedStatement query = prepare(CURRENT + shared + among.sql() + ORDER, type)) {
            query.setArray(2, texts(ids));
            query.setArray(3, texts(paths));
            bind(query, 4, among);
            drain(query, sink);
        }
    }

    /** What was deleted of a type in a selection's time, each as it was before. */
    void readDeleted(String type, Selection selection, Sink sink) throws SQLException, IOException {
        String sql = DELETED
                + (selection.until() == null ? "" : " and r.res_deleted_at <= (?::timestamptz at time zone 'UTC')")
                + ORDER;
        try (PreparedStatement query = prepare(sql, type)) {
            bind(query, bind(query, 2, selection.since()), selection.until());
            drain(query, sink);
        }
    }

    private PreparedStatement prepare(String sql, String type) throws SQLException {
        PreparedStatement query = connection.prepareStatement(sql);
        query.setFetchSize(FETCH);
        query.setString(1, type);
        return query;
    }

    /** Returns the index of the next parameter. */
    private static int bind(PreparedStatement query, int index, @Nullable Instant instant) throws SQLException {
        if (instant == null) {
            return index;
        }
        query.setObject(index, instant.atOffset(ZoneOffset.UTC));
        return index + 1;
    }

    private void bind(PreparedStatement query, int index, Among among) throws SQLException {
        List<Long> rows = among.rows();
        if (rows != null) {
            query.setArray(index, connection.createArrayOf("bigint", rows.toArray()));
        }
    }

    private static void drain(PreparedStatement query, Sink sink) throws SQLException, IOException {
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                Optional<StoredResource> resource = StoredRow.read(rows);
                if (resource.isEmpty()) {
                    throw unreadable(rows);
                }
                sink.take(resource.get());
            }
        }
    }

    private static IOException unreadable(ResultSet row) throws SQLException {
        return new IOException(row.getString("res_type") + "/" + row.getString("fhir_id") + " is stored as "
                + row.getString("res_encoding") + ", not as JSON text; $reindex with optimizeStorage brings it over");
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
        }
    }
}
