package org.holovitals.server.audit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.base.Ids;

/** The uses of consents that entries are, as PostgreSQL takes many rows in one parameter. */
final class UseRows {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST_TEXT = 300;

    private final Ids ids;
    private final ArrayNode rows = JSON.createArrayNode();

    UseRows(Ids ids) {
        this.ids = ids;
    }

    void add(AuditEntry entry) {
        entry.about().consents().stream().sorted().forEach(consent -> describe(rows.addObject(), consent, entry));
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

    boolean isEmpty() {
        return rows.isEmpty();
    }

    String json() {
        return rows.toString();
    }
}
