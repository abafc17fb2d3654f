package org.holovitals.server.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a text by which it is found: lower case, without endings of the plural and without words that say nothing. */
final class Words {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:[.,]\\p{N}+)*");
    private static final Set<String> EMPTY = Set.of(
            "a", "about", "all", "am", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "compare",
            "did", "do", "does", "ever", "find", "for", "from", "give", "had", "has", "have", "how", "i", "in", "is",
            "it", "last", "list", "many", "me", "much", "my", "of", "on", "or", "over", "record", "say", "says", "show",
            "since", "tell", "that", "the", "their", "there", "this", "to", "was", "were", "what", "when", "where",
            "which", "who", "with", "you", "your");
    private static final int SHORTEST_PLURAL = 4;

    private Words() {}

    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            if (!EMPTY.contains(matcher.group())) {
                words.add(singular(matcher.group()));
            }
        }
        return words;
    }

    private static String singular(String word) {
        boolean isPlural = word.length() >= SHORTEST_PLURAL && word.endsWith("s") && !word.endsWith("ss");
        if (!isPlural || word.endsWith("us") || word.endsWith("is")) {
            return word;
        }
        return word.endsWith("ies") ? word.substring(0, word.length() - 3) + "y" : word.substring(0, word.length() - 1);
    }
}
