package org.holovitals.server.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NumbersTest {
    @Test
    void theMedianIsTheMiddleOneOrBetweenTheTwo() {
        assertThat(Numbers.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Numbers.median(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3);
        assertThat(Numbers.median(List.of())).isNaN();
    }

    @Test
    void theSlopeIsTheExponentOfTheGrowth() {
        assertThat(Numbers.logSlope(Map.of(20, 3.0, 120, 3.0, 480, 3.0))).isCloseTo(0, within(1e-9));
        assertThat(Numbers.logSlope(Map.of(20, 2.0, 120, 12.0, 480, 48.0))).isCloseTo(1, within(1e-9));
        assertThat(Numbers.logSlope(Map.of(20, 2.0))).isNaN();
    }
}
