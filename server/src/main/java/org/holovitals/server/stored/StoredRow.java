package org.holovitals.server.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A row of {@code hfj_resource r} joined with {@code hfj_res_ver v}, the one of a version. */
public final class StoredRow {
    /** What makes the current version, which {@code v} is. */
    public static final String CURRENT =
            "r.res_type, r.fhir_id, r.res_ver, r.res_updated at time zone 'UTC' as updated, v.source_uri, v.res_encoding,"
                    + " v.res_text_vc";

    /** The one of a type and an id, unless it is deleted, with its current version. */
    public static final String OF_ID = """
             from fhir.hfj_resource r join fhir.hfj_res_ver v on v.res_id = r.res_id and v.res_ver = r.res_ver
            where r.res_type = ? and r.fhir_id = ? and r.res_deleted_at is null
            """;

    /** What makes the version that {@code v} is. */
    public static final String FORMER =
            "r.res_type, r.fhir_id, v.res_ver, v.res_updated at time zone 'UTC' as updated, v.source_uri, v.res_encoding,"
                    + " v.res_text_vc";

    private StoredRow() {}

    /** Reads columns of these names; empty when the version is not stored as JSON text, as older servers did. */
    public static Optional<StoredResource> read(ResultSet row) throws SQLException {
        String json = row.getString("res_text_vc");
        return json == null || !"JSON".equals(row.getString("res_encoding"))
                ? Optional.empty()
                : Optional.of(new StoredResource(
                        row.getString("res_type"),
                        row.getString("fhir_id"),
                        row.getLong("res_ver"),
                        row.getObject("updated", OffsetDateTime.class).toInstant(),
                        row.getString("source_uri"),
                        json));
    }
}
