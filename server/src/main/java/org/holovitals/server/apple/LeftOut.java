package org.holovitals.server.apple;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Counts what of an export becomes no resource, by its type. */
final class LeftOut {
    private static final int MOST_TYPES = 150;
    /** An export has millions of entries. */
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z0-9]{1,79}");

    private static final String OTHERS = "Entries of other types";

    private final Map<String, Long> counts = new TreeMap<>();

    /** Counts one; a type of Apple's is named, any other word of the file is not. */
    void add(String type) {
        boolean isNamed = TYPE.matcher(type).matches() && (counts.size() < MOST_TYPES || counts.containsKey(type));
        counts.merge(isNamed ? type : OTHERS, 1L, Long::sum);
    }

    /** Counts some under words of ours. */
    void say(String what, long count) {
        counts.merge(what, count, Long::sum);
    }

    List<String> report() {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue() + " left out")
                .toList();
    }
}
