package org.holovitals.server.review;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.review.Candidate.Found;
import org.holovitals.server.review.Candidate.Ruled;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code extracted_data}: what was found in documents, what is printed of it and what was said of it sealed. */
final class ExtractedData {
    private static final String SELECT = """
            select e.id, e.document_id, e.data_type, e.field_name, e.printed_name, e.field_value, e.unit, e.reference_range, e.is_abnormal,
              e.confidence, e.page, e.box::text as box, e.status, e.failed_gates, e.decision, e.reviewed_at, e.fhir_id,
              e.report_date
            from holovitals.extracted_data e
            """;

    private final JdbcClient jdbc;

    ExtractedData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Candidate candidate, Instant now) {
        Found found = candidate.found();
        jdbc.sql("""
                        insert into holovitals.extracted_data (id, document_id, data_type, field_name, printed_name, field_value,
                          unit, reference_range, is_abnormal, confidence, page, box, status, failed_gates, report_date, extracted_at, created_at)
                        values (:id, :document, :kind, :name, :printed, :value,
                          :unit, :range, :abnormal, :confidence, :page, cast(:box as jsonb), :status, :failed, :date, :now, :now)
                        """)
                .param("id", candidate.id())
                .param("document", candidate.document())
                .param("kind", candidate.kind().code())
                .param("name", found.name())
                .param("printed", found.printed())
                .param("value", found.value())
                .param("unit", found.unit(), Types.VARCHAR)
                .param("range", found.range(), Types.VARCHAR)
                .param("abnormal", found.isAbnormal(), Types.BOOLEAN)
                .param("confidence", found.confidence())
                .param("page", found.page())
                .param("box", found.box(), Types.VARCHAR)
                .param("status", candidate.status().code())
                .param("failed", found.failed().toArray(String[]::new))
                .param("date", found.date(), Types.VARCHAR)
                .param("now", bound(now))
                .update();
    }

    Optional<Candidate> find(UUID id) {
        return jdbc.sql(SELECT + " where e.id = ?")
                .param(id)
                .query(ExtractedData::candidate)
                .optional();
    }

    /** Those of a kind in a document, as they stand in it from the first page to the last. */
    List<Candidate> of(UUID document, Kind kind) {
        return jdbc.sql(SELECT + " where e.document_id = ? and e.data_type = ? order by e.page, e.id")
                .params(document, kind.code())
                .query(ExtractedData::candidate)
                .list();
    }

    /** What is asked for of a record; a document of null is any. */
    record Wanted(UUID record, @Nullable UUID document, Collection<Status> statuses) {}

    /** Those of a record, the last one that was found first, behind one that was shown already. */
    List<Candidate> list(Wanted wanted, UUID after, int limit) {
        return jdbc.sql(SELECT + """
                         join holovitals.documents d on d.id = e.document_id
                        where d.patient_id = :record and e.id < :after and e.status = any (:statuses)
                          and (cast(:document as uuid) is null or e.document_id = :document)
                        order by e.id desc limit :limit
                        """)
                .param("record", wanted.record())
                .param("document", wanted.document(), Types.OTHER)
                .param("statuses", wanted.statuses().stream().map(Status::code).toArray(String[]::new))
                .param("after", after)
                .param("limit", limit)
                .query(ExtractedData::candidate)
                .list();
    }

    /**
     * From auto or needs_review to what a person says; whether it was, so that of two at once one says it.
     *
     * @param decision an envelope in base64
     */
    boolean decide(UUID id, Status to, UUID user, String decision, Instant now) {
        return jdbc.sql("""
                        update holovitals.extracted_data
                        set status = :to, reviewed_by = :user, reviewed_at = :now, decision = :decision
                        where id = :id and status in ('auto', 'needs_review')
                        """)
                        .param("to", to.code())
                        .param("user", user)
                        .param("now", bound(now))
                        .param("decision", decision)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Names what stands in the record for one that was decided in the transaction that runs. */
    void written(UUID id, String resource) {
        jdbc.sql(
                        "update holovitals.extracted_data set fhir_id = ? where id = ? and status in ('confirmed', 'corrected')")
                .params(resource, id)
                .update();
    }

    private static Candidate candidate(ResultSet row, int number) throws SQLException {
        Found found = new Found(
                row.getString("field_name"),
                row.getString("printed_name"),
                row.getString("field_value"),
                row.getString("unit"),
                row.getString("reference_range"),
                row.getObject("is_abnormal", Boolean.class),
                row.getDouble("confidence"),
                row.getInt("page"),
                row.getString("box"),
                List.of((String[]) row.getArray("failed_gates").getArray()),
                row.getString("report_date"));
        OffsetDateTime at = row.getObject("reviewed_at", OffsetDateTime.class);
        Ruled ruled = new Ruled(
                Status.of(row.getString("status")),
                row.getString("decision"),
                at == null ? null : at.toInstant(),
                row.getString("fhir_id"));
        return new Candidate(
                row.getObject("id", UUID.class),
                row.getObject("document_id", UUID.class),
                Kind.of(row.getString("data_type")),
                found,
                ruled);
    }

    private static OffsetDateTime bound(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
