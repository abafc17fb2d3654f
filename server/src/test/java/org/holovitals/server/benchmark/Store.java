package org.holovitals.server.benchmark;

import java.util.List;
import org.holovitals.migrations.Login;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A server's database, as PostgreSQL's own books see it.
 *
 * @param schema where HAPI's tables are
 * @param books a superuser's connection
 * @param tables a superuser's connection to this database
 * @param postmaster PostgreSQL's process
 */
record Store(String name, Login login, String schema, JdbcClient books, JdbcClient tables, long postmaster) {

    /** Statements since they were last forgotten; those of the benchmark itself are on another database. */
    long statements() {
        return books.sql("""
                        select coalesce(sum(s.calls), 0)::bigint from pg_stat_statements s
                        join pg_database d on d.oid = s.dbid where d.datname = ?
                        """).param(name).query(Long.class).single();
    }

    /** From now on the time that planning takes is in the books, too. */
    void countPlanning() {
        books.sql("alter system set pg_stat_statements.track_planning = on").update();
        books.sql("select pg_reload_conf()").query(Boolean.class).single();
    }

    /** The statements that took most of PostgreSQL's time since they were last forgotten. */
    List<String> costliest() {
        return books.sql("""
                        select format('%s ms: %s times %s ms, planned %s times %s ms, %s', round(s.total_exec_time + s.total_plan_time),
                          s.calls, round(s.mean_exec_time::numeric, 3), s.plans, round(s.mean_plan_time::numeric, 3),
                          left(regexp_replace(s.query, '[[:space:]]+', ' ', 'g'), 160))
                        from pg_stat_statements s join pg_database d on d.oid = s.dbid where d.datname = ?
                        order by s.total_exec_time + s.total_plan_time desc limit 20
                        """).param(name).query(String.class).list();
    }

    /** Whether documents wait to be read or to be found, of which only this server takes care. */
    boolean hasWaitingDocuments() {
        return tables.sql("""
                        select exists (select from holovitals.documents where status in ('pending', 'processing'))
                          or exists (select from holovitals.document_indexing where status in ('waiting', 'working'))
                        """).query(Boolean.class).single();
    }

    /** So that the books never fill up, which would lose counts. */
    void forgetStatements() {
        books.sql("select 1 from (select pg_stat_statements_reset()) forgotten")
                .query(Integer.class)
                .single();
    }

    /** Bytes of write-ahead log since the cluster was made. */
    long wal() {
        return books.sql("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")
                .query(Long.class)
                .single();
    }

    /** Bytes on disk. */
    long size() {
        return books.sql("select pg_database_size(?)")
                .param(name)
                .query(Long.class)
                .single();
    }

    /** Waits until the pages of what was written are on disk, so that no one's are written in another's time. */
    void checkpoint() {
        books.sql("checkpoint").update();
    }
}
