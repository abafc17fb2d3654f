package org.holovitals.server.analyses;

/** A task that a thread works on, as long as the table says that it is this one's. */
final class Running {
    private final AnalysisTask task;
    private final Thread worker = Thread.currentThread();
    private boolean isOver;
    private boolean isLost;

    /** Of the thread that calls. */
    Running(AnalysisTask task) {
        this.task = task;
    }

    AnalysisTask task() {
        return task;
    }

    synchronized boolean isLost() {
        return isLost;
    }

    /** The task is not held any more: wakes the thread out of what it waits for. */
    synchronized void lose() {
        if (!isOver) {
            isLost = true;
            worker.interrupt();
        }
    }

    /** The thread is done with the task; an interruption that was meant for it is taken back. */
    synchronized void end() {
        isOver = true;
        if (isLost) {
            var unused = Thread.interrupted();
        }
    }
}
