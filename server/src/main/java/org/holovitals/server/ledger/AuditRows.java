package org.holovitals.server.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is read of the table {@code audit_logs}. */
final class AuditRows {
    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;

    AuditRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The first rows of an order, at most so many. */
    List<AuditRow> page(Where where, boolean isNewestFirst, int limit) {
        String order = isNewestFirst ? "timestamp desc, seq desc" : "timestamp, seq";
        return jdbc.sql("""
                        with found as %s (
                        %s)
                        select a.*, host(a.ip_address) as address, u.display_name, u.fhir_user
                        from (select * from found order by %s limit ?) f
                        join holovitals.audit_logs a on a.id = f.id and a.timestamp = f.timestamp
                        left join holovitals.users u on u.id = a.user_id
                        order by %s
                        """.formatted(
                                where.isAboutSome() ? "materialized" : "not materialized",
                                where.select("a.id, a.timestamp, a.seq"),
                                order,
                                order.replaceAll("\\b(timestamp|seq)\\b", "a.$1")))
                .params(where.parameters())
                .param(limit)
                .query((row, number) -> read(row))
                .list();
    }

    /** How many rows there are. */
    int count(Where where) {
        return jdbc.sql("select count(*) from (" + where.select("a.id") + ") found")
                .params(where.parameters())
                .query(Integer.class)
                .single();
    }

    static AuditRow read(ResultSet row) throws SQLException {
        return new AuditRow(
                row.getObject("id", UUID.class),
                instant(row, "timestamp"),
                row.getLong("seq"),
                instant(row, "created_at"),
                new AuditRow.Actor(
                        row.getObject("user_id", UUID.class),
                        row.getString("display_name"),
                        row.getString("fhir_user"),
                        row.getString("client_id"),
                        row.getString("address")),
                row.getString("action"),
                row.getString("resource"),
                row.getString("resource_id"),
                list(row.getArray("patients"), String[].class),
                list(row.getArray("consents"), UUID[].class),
                row.getBoolean("is_about_everyone"),
                row.getString("outcome"),
                row.getString("severity"),
                row.getBoolean("requires_review"),
                details(row.getString("details")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static <T> List<T> list(Array array, Class<T[]> type) throws SQLException {
        return List.of(type.cast(array.getArray()));
    }

    private static Map<String, JsonNode> details(String text) {
        try {
            return JSON.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL has checked that it is JSON", e);
        }
    }
}
