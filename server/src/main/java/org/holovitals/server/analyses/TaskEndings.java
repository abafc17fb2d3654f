package org.holovitals.server.analyses;

import java.util.UUID;

/**
 * Hears of the ends of tasks in the transaction of the end: what it writes stands exactly where the end does, in whatever
 * process that is.
 */
public interface TaskEndings {
    /** A task has ended. */
    void ended(TaskEnd end);

    /** A task that had ended is tried once more; there will be another end. */
    void reopened(UUID task);
}
