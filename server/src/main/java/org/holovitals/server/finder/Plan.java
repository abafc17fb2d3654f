package org.holovitals.server.finder;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * How a question is answered.
 *
 * @param intent the name of the rule
 * @param weight how well the rule fits; the greatest is followed
 * @param areas what it reads
 * @param own words that the rule has understood; what is left names what the question is about
 * @param isBySubject whether those words choose among the rows
 * @param rows reads the rows of a patient
 * @param telling chooses among the rows that the caller may see
 * @param nothing for people, what there is none of
 */
record Plan(
        String intent,
        int weight,
        List<Area> areas,
        Set<String> own,
        boolean isBySubject,
        Function<String, List<Entry>> rows,
        Function<List<Entry>, List<Telling>> telling,
        String nothing) {

    /** Tells every row, or only the newest where the question asks for the last. */
    static List<Telling> tellAll(Words question, List<Entry> entries) {
        return (Times.isLast(question) ? Times.newest(entries) : entries)
                .stream().map(Entry::telling).toList();
    }
}
