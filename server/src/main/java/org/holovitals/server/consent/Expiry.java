package org.holovitals.server.consent;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
        all(grants::pastTheirEnd, id -> steps.endIfPossible(id, () -> grants.expire(id), ConsentNews::expired));
        all(grants::unanswered, id -> steps.endIfPossible(id, () -> grants.expireRequest(id), ConsentNews::unanswered));
        all(grants::soonOver, id -> steps.note(id, () -> grants.warn(id), ConsentNews::expiring));
    }

    /** What is done is not due any more, so the next batch is another one. One that fails does not keep back the others. */
    private static void all(Supplier<List<UUID>> due, Consumer<UUID> step) {
        RuntimeException failure = null;
        List<UUID> batch = due.get();
        while (!batch.isEmpty()) {
            for (UUID id : batch) {
                failure = first(failure, tried(id, step));
            }
            List<UUID> next = due.get();
            batch = next.equals(batch) ? List.of() : next;
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable RuntimeException tried(UUID id, Consumer<UUID> step) {
        try {
            step.accept(id);
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static @Nullable RuntimeException first(@Nullable RuntimeException one, @Nullable RuntimeException other) {
        return one == null ? other : one;
    }
}
