package org.holovitals.server.problem;

/** A request on {@code /api} that is refused. The detail goes to the caller and names no health information. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ProblemType type;

    /** With the type's own words. */
    public Problem(ProblemType type) {
        this(type, type.title());
    }

    /** With what is the matter in this case. */
    public Problem(ProblemType type, String detail) {
        super(detail, null, false, false);
        this.type = type;
    }

    /** What kind it is. */
    public ProblemType type() {
        return type;
    }
}
