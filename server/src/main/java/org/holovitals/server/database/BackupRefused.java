package org.holovitals.server.database;

/** A backup or a restore that was not begun, or was undone, because something is not as it must be; the message says what. */
public final class BackupRefused extends IllegalStateException {
    BackupRefused(String message) {
        super(message);
    }

    BackupRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
