package org.holovitals.server.texts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

/** Where something stood before its page was turned. */
final class TurnTest {
    @Test
    void aTurnIsTakenBack() {
        assertThat(new Turn(200, 100, 0).back(10, 20, 30, 40)).containsExactly(10, 20, 30, 40);
        // A quarter clockwise brings what is above the middle to its right.
        assertThat(new Turn(200, 200, Math.PI / 2).back(150, 90, 160, 110))
                .containsExactly(new double[] {90, 40, 110, 50}, offset(1e-9));
        assertThat(new Turn(200, 100, 0.1).back(0, 0, 200, 100)).containsExactly(0, 0, 200, 100);
    }
}
