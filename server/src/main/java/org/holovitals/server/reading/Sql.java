package org.holovitals.server.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A piece of SQL.
 *
 * @param values what its question marks stand for, in their order
 */
record Sql(String text, List<Object> values) {
    static Sql of(String text, Object... values) {
        return new Sql(text, List.of(values));
    }

    /** The pieces one after the other. */
    static Sql join(String between, List<Sql> pieces) {
        List<Object> values = new ArrayList<>();
        pieces.forEach(piece -> values.addAll(piece.values));
        return new Sql(pieces.stream().map(Sql::text).collect(Collectors.joining(between)), List.copyOf(values));
    }

    /** All of them hold; true when there are none. */
    static Sql all(List<Sql> conditions) {
        return conditions.isEmpty() ? of("true") : join(" and ", conditions);
    }

    /** Any of them holds. */
    static Sql any(List<Sql> conditions) {
        Sql joined = join(" or ", conditions);
        return new Sql("(" + joined.text + ")", joined.values);
    }

    /** The pieces; empty when one of them is missing. */
    static Optional<List<Sql>> each(Stream<Optional<Sql>> pieces) {
        List<Optional<Sql>> all = pieces.toList();
        return all.stream().allMatch(Optional::isPresent)
                ? Optional.of(all.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    /**
     * Whether a select finds something, looked up for each candidate. Without {@code offset 0} PostgreSQL takes it for a join, which
     * may go through the rows of all patients; and since that is better for some it plans each search anew, which takes
     * longer than most searches.
     */
    Sql exists() {
        return new Sql("exists (" + text + " offset 0)", values);
    }

    /** Texts of this server's own, of which the planner is to know how many there are. */
    static String list(List<String> texts) {
        return texts.stream()
                .map(text -> "'" + text.replace("'", "''") + "'")
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /** The opposite. */
    Sql negated() {
        return new Sql("not (" + text + ")", values);
    }

    /** This with another behind it. */
    Sql and(Sql next) {
        return join("", List.of(this, next));
    }

    /** This with more text behind it. */
    Sql and(String next) {
        return new Sql(text + next, values);
    }
}
