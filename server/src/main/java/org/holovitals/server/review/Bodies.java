package org.holovitals.server.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.review.Choice.Deed;
import org.jspecify.annotations.Nullable;

/** What callers send. */
final class Bodies {
    private Bodies() {}

    /** The value is right as it was read. */
    record Confirmation(@Nullable LocalDate date, @Nullable Boolean insist) {
        Choice of(UUID id) {
            return new Choice(id, Deed.CONFIRM, null, null, null, null, date, isTrue(insist), null);
        }
    }

    /** What was read wrongly; what is not named is right as it was read. */
    record Correction(
            @Nullable String value,
            @Nullable String unit,
            @Nullable String referenceRange,
            @Nullable String code,
            @Nullable LocalDate date,
            @Nullable Boolean insist) {
        Choice of(UUID id) {
            return new Choice(id, Deed.CORRECT, value, unit, referenceRange, code, date, isTrue(insist), null);
        }
    }

    /** It is not to be in the record. */
    record Rejection(@Nullable String reason) {
        Choice of(UUID id) {
            return new Choice(id, Deed.REJECT, null, null, null, null, null, false, reason);
        }
    }

    /** Of many, each what it is. */
    record Decisions(@Nullable List<Decision> decisions) {}

    /** One of many. */
    record Decision(
            @Nullable UUID id,
            @Nullable Action action,
            @Nullable String value,
            @Nullable String unit,
            @Nullable String referenceRange,
            @Nullable String code,
            @Nullable LocalDate date,
            @Nullable Boolean insist,
            @Nullable String reason) {
        Choice choice() {
            if (id == null || action == null) {
                throw new Problem(ProblemType.INVALID_REQUEST, "id or action is missing in one of the decisions");
            }
            return new Choice(id, action.deed(), value, unit, referenceRange, code, date, isTrue(insist), reason);
        }
    }

    /** As it is sent. */
    enum Action {
        /** As it was read. */
        @JsonProperty("confirm")
        CONFIRM,
        /** As it says. */
        @JsonProperty("correct")
        CORRECT,
        /** Not at all. */
        @JsonProperty("reject")
        REJECT;

        Deed deed() {
            return Deed.valueOf(name());
        }
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }
}
