package org.holovitals.server.bulk;

import java.io.Serial;

/** The job was ended while it was worked on, or another server has it: there is nothing more to do, and nobody to tell. */
final class JobEnded extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    JobEnded() {
        super("the job is not held any more");
    }
}
