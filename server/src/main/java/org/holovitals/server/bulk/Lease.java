package org.holovitals.server.bulk;

import java.util.concurrent.atomic.AtomicLong;
import org.holovitals.server.base.Hold;

/** A job that a thread of this server works on, as long as the table says so. */
final class Lease {
    private final BulkJob job;
    private final Hold hold = new Hold();
    private final AtomicLong resources = new AtomicLong();

    /** Of the thread that calls. */
    Lease(BulkJob job) {
        this.job = job;
    }

    BulkJob job() {
        return job;
    }

    void add(long more) {
        resources.addAndGet(more);
    }

    void reach(long number) {
        resources.set(number);
    }

    long resources() {
        return resources.get();
    }

    /**
     * Returns while the job is held.
     *
     * @throws JobEnded when it is not
     */
    void require() {
        if (hold.isLost()) {
            throw new JobEnded();
        }
    }

    boolean isLost() {
        return hold.isLost();
    }

    /** The job is not held any more: wakes the thread out of what it waits for. */
    void lose() {
        hold.lose();
    }

    /** The thread is done with the job. */
    void end() {
        hold.end();
    }
}
