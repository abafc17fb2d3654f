package org.holovitals.server.alerts;

import java.time.Instant;

/** Something that is done with new rows of the audit log, a few seconds after they were written, by one server of several. */
public interface AuditWatch {
    /** The name of its position in {@code alert_cursors}. */
    String name();

    /**
     * Where to begin when it has never run.
     *
     * @param oldest the time of the oldest row of the log, or now where there is none
     */
    Instant beginning(Instant oldest, Instant now);

    /**
     * Looks at the rows of a time, in the transaction that runs. It comes by the same rows more than once, since a row may
     * appear after one of a later time.
     */
    void look(Instant from, Instant until);
}
