package org.holovitals.server.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.holovitals.server.chat.EscalationPolicy.Reason;
import org.holovitals.server.chat.EscalationPolicy.Verdict;
import org.holovitals.server.finder.Citation;
import org.holovitals.server.finder.Danger;
import org.holovitals.server.finder.Finding;
import org.holovitals.server.finder.Finding.Kind;
import org.holovitals.server.finder.Sentence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EscalationPolicyTest {
    private static Finding finding(
            Kind kind, String intent, @Nullable Danger danger, double coverage, boolean verified) {
        Citation citation = new Citation("Condition", "1", 1, "Condition.code.text", "x", verified);
        return new Finding(
                kind,
                intent,
                List.of(new Sentence("x", kind == Kind.FOUND ? List.of(citation) : List.of(), verified)),
                danger,
                coverage,
                Instant.EPOCH,
                List.of());
    }

    @Test
    void aFactThatARuleFoundSuffices() {
        assertThat(EscalationPolicy.decide("Do I have x?", finding(Kind.FOUND, "conditions", null, 1, true)))
                .isEqualTo(new Verdict(null, new BigDecimal("0.9500")));
        assertThat(EscalationPolicy.decide("x and y", finding(Kind.FOUND, "search", null, 0.5, true)))
                .isEqualTo(new Verdict(null, new BigDecimal("0.3500")));
    }

    @Test
    void nothingIsAnAnswerWhereARuleLookedForIt() {
        assertThat(EscalationPolicy.decide("Do I have x?", finding(Kind.NOT_FOUND, "conditions", null, 0, true)))
                .isEqualTo(new Verdict(null, new BigDecimal("0.8000")));
        assertThat(EscalationPolicy.decide("x", finding(Kind.NOT_FOUND, "search", null, 0, true)))
                .isEqualTo(new Verdict(Reason.NOT_UNDERSTOOD, new BigDecimal("0.3000")));
    }

    @Test
    void whatIsClosedIsNotForSomebodyElseToOpen() {
        assertThat(EscalationPolicy.decide("Why x?", finding(Kind.CLOSED, "conditions", null, 0, true)))
                .isEqualTo(new Verdict(null, new BigDecimal("1.0000")));
    }

    @Test
    void eachDangerIsItsOwnReason() {
        for (Danger danger : Danger.values()) {
            assertThat(EscalationPolicy.decide("x", finding(Kind.UNSAFE, "safety", danger, 0, true))
                            .reason())
                    .isEqualTo(Reason.valueOf(danger.name()));
        }
    }

    @Test
    void whatAsksForMoreThanToFindAndWhatIsUnverifiedIsEscalated() {
        assertThat(EscalationPolicy.decide("Explain my x", finding(Kind.FOUND, "conditions", null, 1, true)))
                .isEqualTo(new Verdict(Reason.COMPLEX, new BigDecimal("0.5000")));
        assertThat(EscalationPolicy.decide("My x?", finding(Kind.FOUND, "conditions", null, 1, false)))
                .isEqualTo(new Verdict(Reason.UNVERIFIED, new BigDecimal("0.4000")));
    }
}
