package org.holovitals.server.context;

import java.util.List;
import java.util.regex.Pattern;

/** Lines that printed documents have and that say nothing of a patient. */
final class Boilerplate {
    private static final List<Pattern> LINES = List.of(
            Pattern.compile("[\\s\\p{Punct}]*"),
            Pattern.compile("(?i)\\s*page\\s+\\d+(\\s*(of|/)\\s*\\d+)?\\s*"),
            Pattern.compile("(?i)\\s*(electronically|digitally)\\s+signed\\b.*"),
            Pattern.compile(
                    "(?i)\\s*(this|the)\\s+(document|report|message|fax|transmission)\\b.*\\bconfidential\\b.*"),
            Pattern.compile("(?i)\\s*confidential(ity notice\\b.*)?[\\s.:]*"),
            Pattern.compile("(?i)\\s*(printed|generated|transcribed|dictated)\\s+(on|by|at)\\b.*"),
            Pattern.compile("(?i)\\s*end of (report|document|summary)[\\s.]*"));

    private Boilerplate() {}

    static boolean is(String line) {
        return LINES.stream().anyMatch(pattern -> pattern.matcher(line).matches());
    }

    /** The text without such lines, and without space at their ends. */
    static String removed(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.lines().filter(line -> !is(line)).forEach(line -> kept.append(kept.isEmpty() ? "" : "\n")
                .append(line.strip()));
        return kept.toString();
    }
}
