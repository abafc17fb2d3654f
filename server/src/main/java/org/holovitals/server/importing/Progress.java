package org.holovitals.server.importing;

import java.time.Duration;

/** Is told how far an import is; called by several threads, one at a time, after each unit of work. */
@FunctionalInterface
public interface Progress {
    /** An import that nobody watches. */
    Progress NONE = snapshot -> {};

    void at(Snapshot snapshot);

    /** What an import is busy with. */
    enum Stage {
        READING,
        STORING,
        FINISHED
    }

    /** An amount of work; bytes are inflated. */
    record Amount(long bytes, int sources, long resources) {}

    /**
     * A moment of an import.
     *
     * @param stage what it is busy with; the total is known once it stores
     * @param done what is done
     * @param total what there is to do, without the sources that are skipped
     * @param elapsed since the stage began
     */
    record Snapshot(Stage stage, Amount done, Amount total, Duration elapsed) {}
}
