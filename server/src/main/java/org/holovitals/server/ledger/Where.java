package org.holovitals.server.ledger;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Conditions on {@code audit_logs a}, all of which hold, with their parameters. */
final class Where {
    private final List<String> conditions = new ArrayList<>(List.of("true"));
    private final List<Object> parameters = new ArrayList<>();
    private String @Nullable [] about;

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

    /** About one of these patients, or about all; said twice, both hold. */
    Where about(Collection<String> patients) {
        String[] those = patients.toArray(String[]::new);
        if (about != null) {
            return and("(a.patients <> '{}' and a.patients && ?::text[]) or a.is_about_everyone", (Object) those);
        }
        about = those;
        return this;
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

    /**
     * The rows by {@code columns}. Those about some patients and those about all are two index scans, whatever PostgreSQL knows
     * of the table: of both conditions in one it makes a scan along the time, past everybody's rows.
     */
    String select(String columns) {
        String where = sql();
        String all = "select " + columns + " from holovitals.audit_logs a where ";
        return about == null
                ? all + where
                : all + "a.patients <> '{}' and a.patients && ?::text[]\n  and " + where + "\nunion " + all
                        + "a.is_about_everyone\n  and " + where;
    }

    /** The conditions alone, of those that are about nobody in particular. */
    String sql() {
        return String.join("\n  and ", conditions);
    }

    /** Whether it is a search for some patients' rows, which are few beside all. */
    boolean isAboutSome() {
        return about != null;
    }

    /** The values of {@link #select}. */
    List<Object> parameters() {
        if (about == null) {
            return parameters;
        }
        List<Object> all = new ArrayList<>();
        all.add(about);
        all.addAll(parameters);
        all.addAll(parameters);
        return all;
    }
}
