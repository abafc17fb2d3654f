package org.holovitals.server.finder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What can be measured, by the names that people give it: {@code analytes.tsv}. */
final class Analytes {
    private final List<Name> longestFirst;

    Analytes() {
        longestFirst = Tsv.rows("analytes.tsv").stream()
                .map(row -> new Analyte(
                        row[0],
                        Kind.valueOf(row[1].toUpperCase(java.util.Locale.ROOT)),
                        Set.of(row[2].split("\\|")),
                        List.of(row[3].split("\\|"))))
                .flatMap(Name::of)
                .sorted(Comparator.<Name>comparingInt(name -> name.words().size())
                        .reversed())
                .toList();
    }

    /** Where it stands in a record. */
    enum Kind {
        /** Laboratory. */
        LAB(Area.RESULTS),
        /** Vital signs. */
        VITAL(Area.VITALS),
        /** Questionnaires and habits. */
        SURVEY(Area.SURVEYS);

        private final Area area;

        Kind(Area area) {
            this.area = area;
        }

        Area area() {
            return area;
        }
    }

    /**
     * Something that is measured.
     *
     * @param codes LOINC
     * @param names what people call it
     */
    record Analyte(String name, Kind kind, Set<String> codes, List<String> names) {}

    private record Name(List<String> words, Analyte analyte) {
        static Stream<Name> of(Analyte analyte) {
            return Stream.concat(Stream.of(analyte.name()), analyte.names().stream())
                    .map(name -> new Name(Words.of(name).list(), analyte))
                    .filter(name -> !name.words().isEmpty())
                    .distinct();
        }
    }

    /** All of them. */
    Stream<Analyte> all() {
        return longestFirst.stream().map(Name::analyte).distinct();
    }

    /** Those that a question names; a longer name goes before a shorter one in it. */
    List<Analyte> in(Words question) {
        List<String> left = new ArrayList<>(question.list());
        List<Analyte> found = new ArrayList<>();
        for (Name name : longestFirst) {
            int at = Collections.indexOfSubList(left, name.words());
            if (at >= 0) {
                Collections.fill(left.subList(at, at + name.words().size()), "");
                if (!found.contains(name.analyte())) {
                    found.add(name.analyte());
                }
            }
        }
        return List.copyOf(found);
    }
}
