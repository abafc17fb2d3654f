package org.holovitals.server.bulk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code bulk_files}. */
final class BulkFiles {
    private final JdbcClient jdbc;
    private final Ids ids;
    private final Clock clock;

    BulkFiles(JdbcClient jdbc, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    /** Adds a file of a job, in the transaction that ends the job. */
    void add(UUID job, BulkFile file) {
        jdbc.sql("""
                        insert into holovitals.bulk_files
                          (id, job_id, kind, resource_type, name, resources, bytes, patients, is_about_everyone, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(ids.next())
                .param(job)
                .param(file.kind().name().toLowerCase(Locale.ROOT))
                .param(file.type())
                .param(file.name())
                .param(file.resources())
                .param(file.bytes())
                .param(file.patients().toArray(String[]::new))
                .param(file.isAboutEveryone())
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The files of a job, in the order in which they were finished. */
    List<BulkFile> of(UUID job) {
        return jdbc.sql("select * from holovitals.bulk_files where job_id = ? order by id")
                .param(job)
                .query((row, number) -> file(row))
                .list();
    }

    Optional<BulkFile> find(UUID job, String name) {
        return jdbc.sql("select * from holovitals.bulk_files where job_id = ? and name = ?")
                .param(job)
                .param(name)
                .query((row, number) -> file(row))
                .optional();
    }

    private static BulkFile file(ResultSet row) throws SQLException {
        return new BulkFile(
                BulkFile.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("resource_type"),
                row.getString("name"),
                row.getLong("resources"),
                row.getLong("bytes"),
                Set.of((String[]) row.getArray("patients").getArray()),
                row.getBoolean("is_about_everyone"));
    }
}
