package org.holovitals.server.analyses;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.holovitals.server.context.Strategy;

/** What is asked for. */
public enum Kind {
    /** What stands in documents. */
    DOCUMENT_ANALYSIS(Strategy.HIERARCHICAL),
    /** A question to the whole record. */
    COMPLEX_QUERY(Strategy.PARALLEL),
    /** How things differ. */
    COMPARISON(Strategy.PARALLEL),
    /** How something changed. */
    TREND_ANALYSIS(Strategy.SEQUENTIAL);

    private final Strategy strategy;

    Kind(Strategy strategy) {
        this.strategy = strategy;
    }

    /** How parts of it depend on each other. */
    Strategy strategy() {
        return strategy;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(String text) {
        return Stream.of(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }
}
