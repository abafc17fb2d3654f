package org.holovitals.server.bulk;

import java.io.Serial;

/** The job cannot be done; the message is for the client. */
final class JobFailed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    JobFailed(String message) {
        super(message);
    }
}
