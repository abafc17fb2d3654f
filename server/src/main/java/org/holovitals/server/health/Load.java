package org.holovitals.server.health;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import org.jspecify.annotations.Nullable;

/**
 * What this process and its machine are loaded with; null is not known.
 *
 * @param cpuPercent of all processors of the machine
 * @param memoryPercent of the heap
 */
record Load(@Nullable Double cpuPercent, @Nullable Double memoryPercent) {
    private static final double PERCENT = 100.0;

    static Load now() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new Load(cpu(), heap.getMax() <= 0 ? null : PERCENT * heap.getUsed() / heap.getMax());
    }

    private static @Nullable Double cpu() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            double share = system.getCpuLoad();
            return share < 0 ? null : PERCENT * share;
        }
        return null;
    }
}
