package org.holovitals.server.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

final class CourtesyTest {
    private static final Duration PIECE = Duration.ofMillis(250);

    private Duration now = Duration.ZERO;
    private Duration rested = Duration.ZERO;

    private Courtesy beside(DoubleSupplier load) {
        return new Courtesy(load, () -> now.toNanos(), this::rest);
    }

    private void rest(Duration time) {
        now = now.plus(time);
        rested = rested.plus(time);
    }

    private void work(Courtesy courtesy, int seconds) {
        AtomicInteger left = new AtomicInteger(seconds * 4);
        courtesy.repeat(() -> {
            now = now.plus(PIECE);
            return left.decrementAndGet() > 0;
        });
    }

    @Test
    void onAMachineThatDoesNothingElseItOnlyLooks() {
        work(beside(() -> 0.1), 10);
        assertThat(rested).isEqualTo(Duration.ofMillis(900));
    }

    @Test
    void aShortPieceOfWorkDoesNotEvenLook() {
        work(beside(() -> 1), 1);
        assertThat(rested).isZero();
    }

    @Test
    void onABusyMachineItTakesATenthOfTheTime() {
        work(beside(() -> 0.9), 10);
        assertThat(rested).isEqualTo(Duration.ofSeconds(9 * 9));
    }

    @Test
    void whenTheOthersHaveDoneItGoesOnAtOnce() {
        work(beside(() -> now.compareTo(Duration.ofSeconds(3)) < 0 ? 0.9 : 0), 10);
        assertThat(rested).isEqualTo(Duration.ofMillis(2000 + 8 * 100));
    }

    @Test
    void whereNobodyKnowsTheLoadItGoesOn() {
        work(beside(() -> -1), 2);
        assertThat(rested).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void whoInterruptsItEndsIt() {
        Courtesy courtesy = new Courtesy(() -> 1, () -> now.toNanos(), time -> {
            throw new InterruptedException();
        });
        work(courtesy, 10);
        assertThat(now).isEqualTo(Duration.ofSeconds(1));
        assertThat(Thread.interrupted()).isTrue();
    }
}
