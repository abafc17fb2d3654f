package org.holovitals.server.audit;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code audit_logs}, to which rows are only added; with each goes a row in {@code access_logs} for each consent
 * that it used. However many entries there are, it is one statement.
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

    private static final String ENTRIES_AND_USES = "with entered as (" + ENTRIES + """
            )
            insert into holovitals.access_logs
              (id, consent_id, specialist_id, action, resource, ip_address, user_agent, timestamp, success)
            select u.id, u.consent_id, g.specialist_id, u.action, u.resource, u.ip_address, u.user_agent, u.timestamp, u.success
            from jsonb_to_recordset(?::jsonb) as u (id uuid, consent_id uuid, action text, resource text,
              ip_address inet, user_agent text, timestamp timestamptz, success boolean)
            join holovitals.consent_grants g on g.id = u.consent_id""";

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
        UseRows uses = new UseRows(ids);
        uses.add(entry);
        insert(before, new EntryRows().add(id, entry), uses);
        return id;
    }

    /** Adds rows in the transaction that runs, or in one of its own where none does. */
    void append(Collection<AuditEntry> entries) {
        EntryRows rows = new EntryRows();
        UseRows uses = new UseRows(ids);
        entries.forEach(entry -> {
            rows.add(ids.next(), entry);
            uses.add(entry);
        });
        insert("", rows, uses);
    }

    /** What stands before goes to the database together with it. */
    private void insert(String before, EntryRows rows, UseRows uses) {
        if (uses.isEmpty()) {
            jdbc.sql(before + ENTRIES).param(rows.json()).update();
        } else {
            jdbc.sql(before + ENTRIES_AND_USES)
                    .params(List.of(rows.json(), uses.json()))
                    .update();
        }
    }
}
