package org.holovitals.server.database;

/** Told after each finished step of a backup or a restore. */
@FunctionalInterface
public interface Progress {
    /** Nobody listens. */
    Progress NONE = (step, done, total) -> {};

    /** {@code step} names what is finished, say a table with its rows; {@code done} of {@code total} steps are. */
    void finished(String step, int done, int total);
}
