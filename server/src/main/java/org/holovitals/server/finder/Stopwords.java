package org.holovitals.server.finder;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words of a question that name nothing which could stand in a record. */
final class Stopwords {
    private static final Set<String> ALL = Stream.of(
                    ("pt pts hx child kid baby son daughter husband wife partner person people client resident "
                                    + "a an the and or but if of in on at to for from by with without about as into over under up down"
                                    + " i me my mine myself we our us you your he him his she her it its they them their patient"
                                    + " is am are was were be been being do does did done have has had having can could will would shall should"
                                    + " may might must not no yes any some all every each other another more most much many few"
                                    + " what which who whom whose when where why how there here this that these those"
                                    + " tell show list give find look see say said get got know want like need please thanks thank hello hi"
                                    + " ever still now current currently right already yet recent recently latest last first newest previous past"
                                    + " former formerly earlier before after since during ago today yesterday week month year date day time"
                                    + " times often long old new record recorded records chart file history historical medical health"
                                    + " mention mentioned contain contains stand stands there so far than then also just only really"
                                    + " one two most out off was were got went go going made make take taken took use used using put"
                                    + " kind type name named called many number count overview summary information info detail details anything"
                                    + " something everything nothing against due well good ok okay between both own")
                            .split("\\s+"))
            .map(Words::stem)
            .collect(Collectors.toUnmodifiableSet());

    private Stopwords() {}

    /** What is left of words without them, without some others, and without numbers and single letters. */
    static List<String> strip(List<String> words, Set<String> others) {
        Set<String> stems = others.stream()
                .flatMap(phrase -> Words.of(phrase).list().stream())
                .collect(Collectors.toUnmodifiableSet());
        return words.stream()
                .filter(word -> !ALL.contains(word) && !stems.contains(word) && !word.matches("\\d+|[a-z]"))
                .toList();
    }
}
