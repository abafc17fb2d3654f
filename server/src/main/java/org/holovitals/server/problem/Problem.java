package org.holovitals.server.problem;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request on {@code /api} that is refused. The detail goes to the caller and names no health information. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ProblemType type;
    private final @Nullable Duration retryAfter;

    /** With the type's own words. */
    public Problem(ProblemType type) {
        this(type, type.title());
    }

    /** With what is the matter in this case. */
    public Problem(ProblemType type, String detail) {
        this(type, detail, null);
    }

    private Problem(ProblemType type, String detail, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.type = type;
        this.retryAfter = retryAfter;
    }

    /** Too many requests, of which the next may come after a time. */
    public static Problem tooMany(String detail, Duration retryAfter) {
        return new Problem(ProblemType.TOO_MANY_REQUESTS, detail, retryAfter);
    }

    /** What kind it is. */
    public ProblemType type() {
        return type;
    }

    /** After which time it is worth trying again, where that is known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
