package org.holovitals.server.alerts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Raises what a rule finds: one alert for each user or client and window. */
final class AlertWatch implements AuditWatch {
    private static final Duration AT_FIRST = Duration.ofDays(1);
    private static final double MILLIS = 1000.0;

    private final AlertRule rule;
    private final JdbcClient jdbc;
    private final Alerts alerts;

    AlertWatch(AlertRule rule, JdbcClient jdbc, Alerts alerts) {
        this.rule = rule;
        this.jdbc = jdbc;
        this.alerts = alerts;
    }

    @Override
    public String name() {
        return rule.name();
    }

    /** What is older is no longer to be stopped. */
    @Override
    public Instant beginning(Instant oldest, Instant now) {
        Instant yesterday = now.minus(AT_FIRST);
        return oldest.isAfter(yesterday) ? oldest : yesterday;
    }

    @Override
    public void look(Instant from, Instant until) {
        jdbc.sql(rule.sql())
                .params(rule.parameters())
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("window", rule.window().toMillis() / MILLIS)
                .query((row, number) -> found(row))
                .list()
                .forEach(found -> alerts.observe(found.alert(), found.occurrences(), found.lastSeen()));
    }

    private record Found(Alert alert, int occurrences, Instant lastSeen) {}

    private Found found(ResultSet row) throws SQLException {
        UUID user = row.getObject("user_id", UUID.class);
        String client = row.getString("client_id");
        String who = user == null ? "client " + client : "user " + user;
        return new Found(
                new Alert(
                        rule.name() + " " + who + " " + row.getString("bucket"),
                        user,
                        rule.name(),
                        rule.severity(),
                        details(client, row.getString("details"))),
                row.getInt("occurrences"),
                row.getObject("last_seen", OffsetDateTime.class).toInstant());
    }

    private static Map<String, Object> details(@Nullable String client, String found) {
        Map<String, Object> details = new HashMap<>(Alerts.read(found));
        if (client != null) {
            details.put("client", client);
        }
        return details;
    }
}
