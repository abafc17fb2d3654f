package org.holovitals.server.models;

import org.holovitals.server.models.Reply.Failure;

/** What the statuses of providers mean. */
final class Statuses {
    private static final int TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;

    private Statuses() {}

    static Failure failure(int status) {
        if (status == TOO_MANY) {
            return Failure.RATE_LIMITED;
        } else if (status == TIMEOUT || status == CONFLICT || status / 100 == 5) {
            return Failure.PROVIDER_ERROR;
        }
        return Failure.REFUSED;
    }
}
