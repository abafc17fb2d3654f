package org.holovitals.server.ledger;

import java.util.List;

/** What is read of the log itself, as rows of the log name it: such a row is about a patient and shows nothing of her record. */
final class LogResources {
    static final List<String> ALL =
            List.of("AuditEvent", "access-log", "disclosures", "audit_logs", "audit_reviews", "security_alerts");

    private LogResources() {}
}
