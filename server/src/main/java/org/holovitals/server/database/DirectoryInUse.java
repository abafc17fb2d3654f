package org.holovitals.server.database;

import java.nio.file.Path;

/** Another living process has the data directory open; the message says which and what to do. */
public final class DirectoryInUse extends IllegalStateException {
    private final long processId;

    DirectoryInUse(Path directory, long processId) {
        super("The data directory " + directory + " is in use by " + describe(processId)
                + ". Stop that process first (kill " + (processId > 0 ? processId : "<its id>")
                + "), or choose another directory with HOLOVITALS_DATA.");
        this.processId = processId;
    }

    /** The holder's process id, or -1 when it has not written it yet. */
    public long processId() {
        return processId;
    }

    private static String describe(long processId) {
        if (processId == ProcessHandle.current().pid()) {
            return "this process (" + processId + ")";
        }
        return processId > 0 ? "process " + processId : "another process";
    }
}
