package org.holovitals.server.ledger;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Conditions on {@code audit_logs a}, all of which hold, with their parameters. */
final class Where {
    private final List<String> conditions = new ArrayList<>(List.of("true"));
    private final List<Object> parameters = new ArrayList<>();

    /** Adds a condition with a {@code ?} for each value. */
    Where and(String condition, Object... values) {
        conditions.add("(" + condition + ")");
        parameters.addAll(Arrays.asList(values));
        return this;
    }

    /** Adds that one of several holds; of none, nothing matches. */
    Where anyOf(List<Clause> clauses) {
        List<Clause> some = clauses.isEmpty() ? List.of(Clause.NEVER) : clauses;
        return and(
                some.stream().map(clause -> "(" + clause.sql() + ")").collect(Collectors.joining(" or ")),
                some.stream().flatMap(clause -> clause.parameters().stream()).toArray());
    }

    /** Nothing matches. */
    Where nothing() {
        return and("false");
    }

    /** About one of these patients, or about all. The first condition is the index's own. */
    Where about(Collection<String> patients) {
        return and("(a.patients <> '{}' and a.patients && ?::text[]) or a.is_about_everyone", (Object)
                patients.toArray(String[]::new));
    }

    Where from(Instant from) {
        return and("a.timestamp >= ?", from.atOffset(ZoneOffset.UTC));
    }

    /** Without the moment itself. */
    Where before(Instant until) {
        return and("a.timestamp < ?", until.atOffset(ZoneOffset.UTC));
    }

    /** What comes after a page. */
    Where beyond(Position position, boolean isNewestFirst) {
        return and(
                "(a.timestamp, a.seq) " + (isNewestFirst ? "<" : ">") + " (?, ?)",
                position.timestamp().atOffset(ZoneOffset.UTC),
                position.seq());
    }

    String sql() {
        return String.join("\n  and ", conditions);
    }

    List<Object> parameters() {
        return parameters;
    }
}
