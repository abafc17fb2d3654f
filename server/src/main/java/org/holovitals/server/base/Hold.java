package org.holovitals.server.base;

/** What a thread has of a piece of work that a table says is its own, until it does not say so any more. */
public final class Hold {
    private final Thread worker = Thread.currentThread();
    private boolean isOver;
    private boolean isLost;

    /** Of the thread that calls. */
    public Hold() {}

    /** Whether the work is another's by now. */
    public synchronized boolean isLost() {
        return isLost;
    }

    /** The work is not held any more: wakes the thread out of what it waits for. */
    public synchronized void lose() {
        if (!isOver) {
            isLost = true;
            worker.interrupt();
        }
    }

    /** The thread is done with the work; an interruption that was meant for it is taken back. */
    public synchronized void end() {
        isOver = true;
        if (isLost) {
            var unused = Thread.interrupted();
        }
    }
}
