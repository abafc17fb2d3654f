package org.holovitals.mappings;

import java.util.List;

/** What became of a resource: rows with what they could not hold, or the reason there are none. */
public sealed interface Mapped permits Mapped.Rows, Mapped.Skipped {

    /** The rows of one resource. */
    record Rows(List<Row> rows, List<Loss> losses) implements Mapped {
        public Rows {
            rows = List.copyOf(rows);
            losses = List.copyOf(losses);
        }
    }

    /** The resource has no home in the patient tables. */
    record Skipped(String reason) implements Mapped {}
}
