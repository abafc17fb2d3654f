package org.holovitals.server.audit;

import java.util.Collection;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code audit_logs}, to which rows are only added. However many entries there are, it is one statement.
 */
public final class AuditLogs {
    private static final String ENTRIES = """
            insert into holovitals.audit_logs (id, timestamp, user_id, client_id, session_id, ip_address, user_agent,
              action, resource, resource_id, patients, consents, is_about_everyone, outcome, severity, requires_review, details)
            select id, timestamp, user_id, client_id, session_id, ip_address, user_agent,
              action, resource, resource_id, patients, consents, is_about_everyone, outcome, severity, requires_review, details
            from jsonb_to_recordset(?::jsonb) as entry (id uuid, timestamp timestamptz, user_id uuid, client_id text,
              session_id text, ip_address inet, user_agent text, action text, resource text, resource_id text,
              patients text[], consents uuid[], is_about_everyone boolean, outcome text, severity text,
              requires_review boolean, details jsonb)""";

    private final JdbcClient jdbc;
    private final Ids ids;

    /** On some connections; in the server there is a bean. */
    public AuditLogs(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /** Adds a row in the transaction that runs, and returns its id. */
    public UUID append(AuditEntry entry) {
        return append("", entry);
    }

    /** The same at the end of a transaction, which is given up when the log stays locked for longer than a caller waits. */
    public UUID appendLast(AuditEntry entry) {
        return append("set local lock_timeout = '4s'; ", entry);
    }

    private UUID append(String before, AuditEntry entry) {
        UUID id = ids.next();
        insert(before, new EntryRows().add(id, entry));
        return id;
    }

    /** Adds rows in the transaction that runs, or in one of its own where none does. */
    void append(Collection<AuditEntry> entries) {
        EntryRows rows = new EntryRows();
        entries.forEach(entry -> rows.add(ids.next(), entry));
        insert("", rows);
    }

    /** What stands before goes to the database together with it. */
    private void insert(String before, EntryRows rows) {
        jdbc.sql(before + ENTRIES).param(rows.json()).update();
    }
}
