package org.holovitals.server.audit;

import org.jspecify.annotations.Nullable;

/** The audit log cannot be written now, so what would have been recorded must not be answered. */
public final class AuditUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With what came of it. */
    public AuditUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
