package org.holovitals.server.chain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The view {@code audit_lines}: each row of the log as the one line that is hashed. */
final class Lines {
    private final JdbcClient jdbc;

    Lines(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A row's number and line. */
    record Line(long seq, String text) {}

    /** A row's number, and when it was written. */
    record Mark(long seq, Instant createdAt) {}

    /** Rows after a number, ascending. */
    List<Line> after(long seq, int most) {
        return jdbc.sql("select seq, line from holovitals.audit_lines where seq > ? order by seq limit ?")
                .params(seq, most)
                .query(Lines::line)
                .list();
    }

    /** Those of some rows that are there, ascending; two where two rows have one number. */
    List<Line> of(Collection<Long> seqs) {
        return jdbc.sql("select seq, line from holovitals.audit_lines where seq = any(?) order by seq, line")
                .param(seqs.toArray(Long[]::new))
                .query(Lines::line)
                .list();
    }

    /** Numbers after a number, ascending. */
    List<Mark> marksAfter(long seq, int most) {
        return jdbc.sql("select seq, created_at from holovitals.audit_logs where seq > ? order by seq limit ?")
                .params(seq, most)
                .query((row, index) -> new Mark(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()))
                .list();
    }

    private static Line line(ResultSet row, int index) throws SQLException {
        return new Line(row.getLong(1), row.getString(2));
    }
}
