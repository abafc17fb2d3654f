package org.holovitals.server.base;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Lets long work that nobody waits for stand back behind requests: after each second of it a look is taken at what else the machine
 * does, and on a busy one it rests for nine times as long.
 */
public final class Courtesy {
    private static final long STRETCH = Duration.ofSeconds(1).toNanos();
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int REST = 9;

    /** Of all processors. */
    private static final double BUSY = 0.25;

    private final DoubleSupplier load;
    private final LongSupplier nanos;
    private final Pause pause;

    /**
     * Of a machine.
     *
     * @param load which share of its processors was busy since that was last asked; less than 0 where nobody knows
     * @param nanos a clock that never goes back
     */
    Courtesy(DoubleSupplier load, LongSupplier nanos, Pause pause) {
        this.load = load;
        this.nanos = nanos;
        this.pause = pause;
    }

    /** Of this one. */
    public static Courtesy ofTheMachine() {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Courtesy(machine::getCpuLoad, System::nanoTime, time -> Thread.sleep(time.toMillis()));
    }

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /** Does one piece of work after the other, until there is none or somebody interrupts it. */
    public void repeat(BooleanSupplier piece) {
        long begin = nanos.getAsLong();
        while (!Thread.currentThread().isInterrupted() && piece.getAsBoolean()) {
            long worked = nanos.getAsLong() - begin;
            if (worked >= STRETCH) {
                rest(worked * REST);
                begin = nanos.getAsLong();
            }
        }
    }

    /** While it rests, what is busy are others. */
    private void rest(long most) {
        // The first answer is about the work itself.
        double busy = load.getAsDouble();
        try {
            long end = nanos.getAsLong() + most;
            do {
                pause.of(LOOK);
                busy = load.getAsDouble();
            } while (busy > BUSY && nanos.getAsLong() < end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
