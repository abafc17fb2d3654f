package org.holovitals.server.audit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.InetAddress;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code audit_logs}, to which rows are only added. */
public final class AuditLogs {
    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;
    private final Ids ids;

    AuditLogs(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /** Adds a row in the transaction that runs, and returns its id. */
    public UUID append(AuditEntry entry) {
        UUID id = ids.next();
        jdbc.sql("""
                        insert into holovitals.audit_logs (id, timestamp, user_id, client_id, patients, consents,
                          is_about_everyone, session_id, action, resource, resource_id, outcome, severity, requires_review, ip_address,
                          user_agent, details)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::inet, ?, ?::jsonb)
                        """)
                .params(
                        id,
                        at(entry.timestamp()),
                        entry.who().user(),
                        entry.who().client(),
                        entry.about().patients().stream().sorted().toArray(String[]::new),
                        entry.about().consents().stream().sorted().toArray(UUID[]::new),
                        entry.about().isEveryone(),
                        entry.who().session(),
                        entry.action(),
                        entry.resource(),
                        entry.resourceId(),
                        entry.outcome().name().toLowerCase(Locale.ROOT),
                        entry.severity().name().toLowerCase(Locale.ROOT),
                        entry.requiresReview(),
                        address(entry.who().address()),
                        entry.who().userAgent(),
                        JSON.valueToTree(entry.details()).toString())
                .update();
        return id;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable String address(@Nullable InetAddress address) {
        return address == null ? null : address.getHostAddress();
    }
}
