package org.holovitals.server.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts over the table {@code audit_logs}. */
final class AuditReport {
    private final JdbcClient jdbc;

    AuditReport(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What the rows are counted by: an expression on {@code audit_logs a}, and one for its name. */
    enum By {
        /** How much attention a row asks for. */
        SEVERITY("a.severity", "a.severity"),
        /** What was done. */
        ACTION("a.action", "a.action"),
        /** Who did it: a user, or an app without one. */
        PERSON(
                "coalesce('user:' || a.user_id, 'client:' || a.client_id, 'unknown')",
                "coalesce(max(u.display_name), max(u.fhir_user), max(a.client_id), 'unknown')"),
        /** On which day (UTC). */
        DAY(
                "to_char(a.timestamp at time zone 'UTC', 'YYYY-MM-DD')",
                "to_char(a.timestamp at time zone 'UTC', 'YYYY-MM-DD')");

        private final String key;
        private final String name;

        By(String key, String name) {
            this.key = key;
            this.name = name;
        }
    }

    /** The columns of the report. */
    static final List<String> COLUMNS =
            List.of("key", "name", "entries", "refused", "failed", "severe", "toReview", "patients");

    /** A row for each key, days in their order and others by their number. */
    List<Map<String, Object>> rows(By by, Instant from, Instant until) {
        return jdbc.sql("""
                        select %s as key, %s as name, count(*) as entries,
                          count(*) filter (where a.outcome = 'refused') as refused,
                          count(*) filter (where a.outcome = 'failure') as failed,
                          count(*) filter (where a.severity in ('high', 'critical')) as severe,
                          count(*) filter (where a.requires_review) as "toReview",
                          count(*) filter (where a.patients <> '{}' or a.is_about_everyone) as patients
                        from holovitals.audit_logs a left join holovitals.users u on u.id = a.user_id
                        where a.timestamp >= :from and a.timestamp < :until
                        group by 1
                        order by %s
                        """.formatted(by.key, by.name, by == By.DAY ? "key" : "entries desc, key"))
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .query((row, number) -> row(row))
                .list();
    }

    private static Map<String, Object> row(ResultSet row) throws SQLException {
        Map<String, Object> cells = new LinkedHashMap<>();
        for (String column : COLUMNS) {
            cells.put(column, row.getObject(column));
        }
        return cells;
    }
}
