package org.holovitals.server.bulk;

import java.util.concurrent.atomic.AtomicLong;

/** A job that a thread of this server works on, as long as the table says so. */
final class Lease {
    private final BulkJob job;
    private final Thread worker = Thread.currentThread();
    private final AtomicLong resources = new AtomicLong();
    private boolean isOver;
    private boolean isLost;

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
    synchronized void require() {
        if (isLost) {
            throw new JobEnded();
        }
    }

    synchronized boolean isLost() {
        return isLost;
    }

    /** The job is not held any more: wakes the thread out of what it waits for. */
    synchronized void lose() {
        if (!isOver) {
            isLost = true;
            worker.interrupt();
        }
    }

    /** The thread is done with the job; an interruption that was meant for it is taken back. */
    synchronized void end() {
        isOver = true;
        if (isLost) {
            var unused = Thread.interrupted();
        }
    }
}
