package org.holovitals.mappings;

import java.util.List;

/** What becomes of a resource: the rows that project it, or the reason why it has none. */
public sealed interface Mapped {
    /** The rows of one resource, and every element of it that they do not hold. */
    record Rows(List<Row> rows, List<Loss> losses) implements Mapped {
        public Rows {
            rows = List.copyOf(rows);
            losses = List.copyOf(losses);
        }
    }

    /** The resource belongs to no patient's record, so no table holds it. */
    record Skipped(String reason) implements Mapped {}
}
