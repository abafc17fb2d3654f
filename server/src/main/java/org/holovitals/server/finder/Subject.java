package org.holovitals.server.finder;

import java.util.List;
import org.holovitals.server.finder.Terms.Term;

/**
 * What a question is about, as far as its rule leaves that open.
 *
 * @param terms the things that it names
 * @param found those of them that any row has
 */
record Subject(List<Term> terms, List<Term> found) {

    static Subject of(List<Term> terms, List<Entry> entries) {
        return new Subject(
                terms,
                terms.stream()
                        .filter(term -> entries.stream().anyMatch(entry -> term.isIn(entry.searched())))
                        .toList());
    }

    /** The rows that have the most of the terms that any has; all rows where the question names nothing. */
    List<Entry> choose(List<Entry> entries) {
        if (terms.isEmpty()) {
            return entries;
        }
        long most = entries.stream().mapToLong(this::matches).max().orElse(0);
        return most == 0
                ? List.of()
                : entries.stream().filter(entry -> isWanted(entry, most)).toList();
    }

    /** Things that stand in different rows are wanted each. */
    private boolean isWanted(Entry entry, long most) {
        return matches(entry) == most;
    }

    private long matches(Entry entry) {
        return found.stream().filter(term -> term.isIn(entry.searched())).count();
    }

    /** Which share of the question was found; all of it where it names nothing. */
    double coverage() {
        return terms.isEmpty() ? 1 : (double) found.size() / terms.size();
    }

    /** What no row has. */
    List<String> missing() {
        return terms.stream()
                .filter(term -> !found.contains(term))
                .map(Term::word)
                .toList();
    }
}
