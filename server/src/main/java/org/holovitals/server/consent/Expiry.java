package org.holovitals.server.consent;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes down what time has ended, and warns of what it is about to end. Nothing is in force until then because of it:
 * whoever asks compares with the clock. Several servers may do it at once, since each change happens once.
 */
final class Expiry {
    private final ConsentGrants grants;
    private final ConsentSteps steps;

    Expiry(ConsentGrants grants, ConsentSteps steps) {
        this.grants = grants;
        this.steps = steps;
    }

    /** One look at everything that is due. */
    void run() {
        all(grants::pastTheirEnd, id -> steps.takeIfPossible(id, () -> grants.expire(id), ConsentNews::expired));
        all(
                grants::unanswered,
                id -> steps.takeIfPossible(id, () -> grants.expireRequest(id), ConsentNews::unanswered));
        all(grants::soonOver, id -> steps.note(id, () -> grants.warn(id), ConsentNews::expiring));
    }

    /** What is done is not due any more, so the next batch is another one. */
    private static void all(Supplier<List<UUID>> due, Consumer<UUID> step) {
        List<UUID> batch = due.get();
        while (!batch.isEmpty()) {
            batch.forEach(step);
            List<UUID> next = due.get();
            batch = next.equals(batch) ? List.of() : next;
        }
    }
}
