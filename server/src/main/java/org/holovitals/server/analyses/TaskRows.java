package org.holovitals.server.analyses;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.analyses.AnalysisTask.Owner;
import org.holovitals.server.analyses.AnalysisTask.Plan;
import org.holovitals.server.analyses.AnalysisTask.State;

/** How tasks stand in {@code analysis_queue}. */
final class TaskRows {
    static final String ALL = """
            select q.*, q.result #>> '{}' as sealed_result, coalesce(p.fhir_id, '') as patient_fhir_id,
              array(select jsonb_array_elements_text(q.documents)::uuid) as document_ids
            from %s q left join holovitals.patient_keys p on p.id = q.patient_id
            """;

    /** Behind all of the user's own tasks that wait, and not before those of others that wait already. */
    static final String TURN = """
            greatest(
              coalesce((select turn from holovitals.analysis_queue
                where priority = :priority and status = 'queued' order by turn, id limit 1), 0),
              coalesce((select turn + 1 from holovitals.analysis_queue
                where user_id = :user and priority = :priority and status = 'queued' order by turn desc limit 1), 0))
            """;

    /**
     * What the machine that has the task {@code q} costs until a moment, by the rate of the machine's row {@code i}; nothing in
     * the server's own processes.
     */
    static String machineCost(String until) {
        return """
                coalesce((select round(i.cost_per_minute * greatest(0, extract(epoch from %s - q.claimed_at)) / 60, 8)
                  from holovitals.cloud_instances i where i.id = q.instance_id), 0)
                """.formatted(until);
    }

    private TaskRows() {}

    static AnalysisTask task(ResultSet row) throws SQLException {
        return new AnalysisTask(
                row.getObject("id", UUID.class),
                new Owner(
                        row.getObject("user_id", UUID.class),
                        row.getObject("patient_id", UUID.class),
                        row.getString("patient_fhir_id")),
                Kind.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
                Priority.of(row.getInt("priority")),
                row.getString("prompt"),
                new Plan(
                        row.getString("model_provider"),
                        row.getString("recommended_model"),
                        row.getLong("total_tokens"),
                        row.getLong("context_window"),
                        row.getInt("part_count"),
                        row.getBigDecimal("estimated_cost"),
                        row.getString("currency"),
                        row.getObject("reservation_id", UUID.class)),
                new State(
                        Status.of(row.getString("status")),
                        row.getInt("attempts"),
                        row.getInt("max_attempts"),
                        row.getLong("lease_version"),
                        row.getLong("turn"),
                        row.getInt("progress_percent"),
                        row.getString("progress_note"),
                        row.getString("error"),
                        row.getBigDecimal("actual_cost"),
                        instant(row, "created_at").orElseThrow(),
                        instant(row, "due_at").orElseThrow(),
                        instant(row, "started_at").orElse(null),
                        instant(row, "completed_at").orElse(null)),
                row.getString("consent_snapshot"),
                List.of((UUID[]) row.getArray("document_ids").getArray()),
                row.getString("idempotency_key"),
                row.getString("sealed_result"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
