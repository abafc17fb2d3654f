package org.holovitals.server.audit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.UUID;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.base.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code access_logs}: each use of a consent, which counts in its row of {@code consent_grants} as well. */
final class ConsentUses {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST_TEXT = 300;

    private final JdbcClient jdbc;
    private final Ids ids;

    ConsentUses(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /** Adds the uses that entries are, in the transaction that runs. */
    void add(Collection<AuditEntry> entries) {
        ArrayNode uses = JSON.createArrayNode();
        entries.forEach(entry -> entry.about().consents().stream()
                .sorted()
                .forEach(consent -> describe(uses.addObject(), consent, entry)));
        if (!uses.isEmpty()) {
            insert(uses.toString());
            count(uses.toString());
        }
    }

    private void describe(ObjectNode use, UUID consent, AuditEntry entry) {
        use.put("id", ids.next().toString())
                .put("consent_id", consent.toString())
                .put("action", EntryRows.text(entry.action(), LONGEST_TEXT))
                .put("resource", EntryRows.text(entry.resource(), LONGEST_TEXT))
                .put("ip_address", EntryRows.address(entry.who().address()))
                .put("user_agent", EntryRows.text(entry.who().userAgent(), LONGEST_TEXT))
                .put("timestamp", entry.timestamp().toString())
                .put("success", entry.outcome() == Outcome.SUCCESS);
    }

    private void insert(String uses) {
        jdbc.sql("""
                        insert into holovitals.access_logs
                          (id, consent_id, specialist_id, action, resource, ip_address, user_agent, timestamp, success)
                        select u.id, u.consent_id, g.specialist_id, u.action, u.resource, u.ip_address, u.user_agent, u.timestamp,
                          u.success
                        from jsonb_to_recordset(?::jsonb) as u (id uuid, consent_id uuid, action text, resource text,
                          ip_address inet, user_agent text, timestamp timestamptz, success boolean)
                        join holovitals.consent_grants g on g.id = u.consent_id
                        """).param(uses).update();
    }

    /** Rows are locked in one order, so that two transactions at the same consents wait for each other and no more. */
    private void count(String uses) {
        jdbc.sql("""
                        with used as (
                          select u.consent_id, max(u.timestamp) as last_used, count(*) as uses
                          from jsonb_to_recordset(?::jsonb) as u (consent_id uuid, timestamp timestamptz, success boolean)
                          where u.success group by u.consent_id
                        ), locked as (
                          select g.id, used.last_used, used.uses from holovitals.consent_grants g join used on used.consent_id = g.id
                          order by g.id for no key update of g
                        )
                        update holovitals.consent_grants g
                        set last_accessed = greatest(g.last_accessed, locked.last_used), access_count = g.access_count + locked.uses
                        from locked where g.id = locked.id
                        """).param(uses).update();
    }
}
