package org.holovitals.server;

import java.lang.management.ManagementFactory;

/** What this process keeps in memory. */
public final class Heap {
    private Heap() {}

    /** Megabytes that are used after a collection. */
    public static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }
}
