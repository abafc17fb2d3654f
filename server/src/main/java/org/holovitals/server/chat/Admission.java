package org.holovitals.server.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.holovitals.server.base.Ids;
import org.holovitals.server.problem.Problem;

/** Bounds how often a user asks. */
final class Admission {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Questions questions;
    private final Ids ids;
    private final int most;

    Admission(Questions questions, Ids ids, int most) {
        this.questions = questions;
        this.ids = ids;
        this.most = most;
    }

    /**
     * Counts a question, in the transaction that stores it.
     *
     * @throws Problem when it is one too many
     */
    void admit(UUID user, Instant now) {
        questions.hold(user);
        questions.forget(user, now.minus(WINDOW));
        questions.asked(user, most).ifPresent(oldest -> {
            throw Problem.tooMany(
                    "More than " + most + " messages in a minute",
                    Duration.between(now, oldest.plus(WINDOW)).plusSeconds(1));
        });
        questions.add(ids.next(), user, now);
    }
}
